package io.gatehouse.kernel.config;

import java.nio.charset.StandardCharsets;

/** What can stand before the topics of a listener's clients. */
final class Mountpoints {
    static final ValueType<String> TYPE = new CheckedText(
            Mountpoints::isMountpoint,
            "the beginning of a topic of at most 256 bytes, without +, # and control characters, such as"
                    + " \"devices/${clientid}/\" (also ${username}), or \"\" for none; it may not begin with $");

    private static final int MOST_BYTES = 256;
    private static final String CLIENT_ID = "${clientid}";
    private static final String USERNAME = "${username}";

    private Mountpoints() {}

    private static boolean isMountpoint(String text) {
        String fixed = text.replace(CLIENT_ID, "x").replace(USERNAME, "x");
        return text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && !fixed.contains("${")
                && !fixed.startsWith("$")
                && fixed.chars().noneMatch(c -> c == '+' || c == '#' || Character.isISOControl(c));
    }
}
