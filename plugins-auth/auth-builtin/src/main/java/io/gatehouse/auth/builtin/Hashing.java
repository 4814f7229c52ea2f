package io.gatehouse.auth.builtin;

import io.gatehouse.auth.builtin.hash.Argon2idHash;
import io.gatehouse.auth.builtin.hash.Argon2idParameters;
import io.gatehouse.auth.builtin.hash.PasswordHash;
import io.gatehouse.auth.builtin.user.Passwords;
import java.security.SecureRandom;

/** Hashes passwords as configured now. Takes milliseconds and memory: call it on {@link Workers} only. */
class Hashing {
    private final Argon2idParameters parameters;
    private final SecureRandom random;

    Hashing(Argon2idParameters parameters, SecureRandom random) {
        this.parameters = parameters;
        this.random = random;
    }

    /** A new hash with a fresh salt. */
    Argon2idHash hash(byte[] password) {
        return Argon2idHash.of(password, parameters, random);
    }

    /**
     * Takes as long as verifying a password, whatever the password is: the time of an answer shall not tell whether a user is known or how
     * the password is kept.
     */
    void pretend(byte[] password) {
        hash(Passwords.acceptable(password.length) ? password : new byte[1]);
    }

    /** True when the password should be hashed anew at the next opportunity. */
    boolean isOutdated(PasswordHash kept) {
        return !(kept instanceof Argon2idHash argon2id) || argon2id.parameters().weakerThan(parameters);
    }
}
