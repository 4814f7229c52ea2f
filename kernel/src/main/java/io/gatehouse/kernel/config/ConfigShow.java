package io.gatehouse.kernel.config;

/** Stub. */
public final class ConfigShow {
    private ConfigShow() {}

    public static String text(ConfigResult result) {
        return result.toString();
    }
}
