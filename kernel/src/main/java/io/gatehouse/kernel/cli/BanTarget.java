package io.gatehouse.kernel.cli;

import picocli.CommandLine.Parameters;

/** Who is banned. */
final class BanTarget {
    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "What the ban goes by: client-id, username, address, client-id-re or username-re.")
    private String kind = "";

    @Parameters(
            index = "1",
            paramLabel = "VALUE",
            description =
                    "A name; an address or a block such as 192.0.2.0/24; or a regular expression (RE2), found anywhere in the name"
                            + " unless ^ and $ say otherwise.")
    private String value = "";

    String kind() {
        return kind;
    }

    String value() {
        return value;
    }
}
