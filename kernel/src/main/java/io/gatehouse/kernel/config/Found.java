package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;

/** Says what stands in the file, for messages. */
final class Found {
    private static final int MAX_SHOWN = 60;

    private Found() {}

    static String in(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> "a section";
            case LIST -> "a list";
            case NULL -> "null: leave the key out to get the default";
            case STRING -> text(value.unwrapped().toString());
            case NUMBER, BOOLEAN -> value.unwrapped().toString();
        };
    }

    /** A text in quotes, shortened; control characters are escaped, so that it cannot play tricks on a terminal. */
    static String text(String text) {
        String shown = Secrets.withoutUserInfo(text);
        return ConfigUtil.quoteString(shown.length() > MAX_SHOWN ? shown.substring(0, MAX_SHOWN) + "..." : shown);
    }
}
