package io.gatehouse.auth.builtin.bootstrap;

import io.gatehouse.auth.builtin.hash.PasswordHash;
import io.gatehouse.sdk.mqtt.Secret;

/**
 * One user of a bootstrap file.
 *
 * @param userId a user id that has been checked
 * @param credential the password or its hash
 * @param superuser true to pass over authorization
 */
public record BootstrapUser(String userId, Credential credential, boolean superuser) {
    /** What the file says about the password. */
    public sealed interface Credential {}

    /** The password itself, to be hashed. */
    public record Plain(Secret password) implements Credential {}

    /** A hash to be taken over. */
    public record Hashed(PasswordHash hash) implements Credential {}
}
