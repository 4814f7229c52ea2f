package io.gatehouse.kernel.config;

/** Which plugins may be loaded. */
public enum PluginTrust {
    /** Every jar that is whole; a jar that was changed after it was signed is not. */
    ANY,
    /** Those signed by somebody whom the trust store knows. */
    SIGNED,
    /** Those whose SHA-256 stands in the allow-list. */
    ALLOW_LISTED
}
