package io.gatehouse.sdk.authz;

/** What an authorizer decided. */
public enum Decision {
    /** Permitted; later sources are not asked. */
    ALLOW,
    /** Refused; later sources are not asked. */
    DENY,
    /** No opinion; the next source decides. */
    ABSTAIN
}
