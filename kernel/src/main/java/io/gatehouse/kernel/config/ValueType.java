package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;

/** What a key may be set to. */
interface ValueType<T> {
    /** Reads and checks one resolved value. */
    Reading<T> read(ConfigValue value);

    /** The same type for one run, in which secrets may be read from files. */
    default ValueType<T> reading(SecretFiles secretFiles) {
        return this;
    }

    /** What is allowed, to follow "must be". */
    String allowed();

    /** Whether complaints never quote the value, so that they may be shown even for a secret. */
    default boolean neverQuotes() {
        return false;
    }

    /** Whether a good value is made of sections, all keys of which are known and may be shown. */
    default boolean holdsSections() {
        return false;
    }

    /** The usual complaint. */
    default Reading<T> refuse(ConfigValue value) {
        return Reading.bad("must be " + allowed() + ", not " + Found.in(value));
    }
}
