package io.gatehouse.sdk.testing;

import io.gatehouse.kernel.main.LogSetup;

/** How the broker logs in tests, unless the build says otherwise by system properties: text, from WARN on. */
final class QuietLog {
    private QuietLog() {}

    /** Has an effect before the first broker of the process only. */
    static void install() {
        setUnlessSet(LogSetup.FORMAT, "text");
        setUnlessSet(LogSetup.LEVEL, "WARN");
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
