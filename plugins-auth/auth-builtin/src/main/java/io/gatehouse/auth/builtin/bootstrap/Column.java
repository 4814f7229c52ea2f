package io.gatehouse.auth.builtin.bootstrap;

import java.util.Optional;
import java.util.stream.Stream;

/** What a bootstrap file says about a user: columns of CSV, keys of JSON. */
enum Column {
    USER_ID("user_id"),
    PASSWORD("password"),
    PASSWORD_HASH("password_hash"),
    SALT("salt"),
    IS_SUPERUSER("is_superuser");

    static final String ALL = "user_id, password, password_hash, salt and is_superuser";

    private final String key;

    Column(String key) {
        this.key = key;
    }

    static Optional<Column> of(String key) {
        return Stream.of(values()).filter(column -> column.key.equals(key)).findFirst();
    }

    String key() {
        return key;
    }
}
