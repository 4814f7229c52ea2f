package io.gatehouse.kernel.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * One line of a listener's {@code access-rules}.
 *
 * @param network whom it is about; empty for everybody
 */
public record AccessRule(boolean allow, Optional<Cidr> network) {
    private static final String ALLOW = "allow";
    private static final String DENY = "deny";
    private static final String EVERYBODY = "all";

    /** Reads {@code allow|deny} and, after one space, {@code all}, an address or a block of addresses; empty for anything else. */
    static Optional<AccessRule> parse(String text) {
        int space = text.indexOf(' ');
        String verb = space < 0 ? "" : text.substring(0, space);
        if (!verb.equals(ALLOW) && !verb.equals(DENY)) {
            return Optional.empty();
        }
        boolean allow = verb.equals(ALLOW);
        String whom = text.substring(space + 1);
        return whom.equals(EVERYBODY)
                ? Optional.of(new AccessRule(allow, Optional.empty()))
                : Cidr.parse(whom).map(network -> new AccessRule(allow, Optional.of(network)));
    }

    boolean matches(InetAddress address) {
        return network.isEmpty() || network.get().contains(address);
    }
}
