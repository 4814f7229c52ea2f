package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.config.Cidr;
import io.gatehouse.kernel.regex.BoundedRegex;
import java.net.Inet4Address;
import java.util.Collection;
import java.util.Optional;

/** What a ban may look like, and how many there may be. */
final class BanRules {
    static final int MOST = 10_000;
    static final int MOST_BLOCKS = 1_000;
    static final int LONGEST_VALUE = 1_024;
    static final int LONGEST_TEXT = 256;

    /** Of all expressions together, in instructions: every client is looked at with all of them, on its lane. */
    static final int LARGEST_PROGRAMS = 2_000;

    private static final BoundedRegex.Bounds EXPRESSION = new BoundedRegex.Bounds(256, 500);
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    private BanRules() {}

    /**
     * The value in the form in which it is kept.
     *
     * @throws IllegalArgumentException with a sentence on what is wrong with it
     */
    static String checked(BanKind kind, String value) {
        if (value.isEmpty() || value.length() > LONGEST_VALUE) {
            throw new IllegalArgumentException("what is banned has 1 to " + LONGEST_VALUE
                    + " characters; longer names can be banned by a regular expression");
        }
        return switch (kind) {
            case CLIENT_ID, USERNAME -> value;
            case CLIENT_ID_RE, USERNAME_RE -> {
                expression(value);
                yield value;
            }
            case ADDRESS -> text(block(value));
            case IDENTITY -> throw new IllegalArgumentException("a ban goes by one of " + BanKind.words());
        };
    }

    /** @throws IllegalArgumentException when it is none */
    static Cidr block(String value) {
        return Cidr.parse(value)
                .orElseThrow(() -> new IllegalArgumentException("\"" + value
                        + "\" is no address such as 192.0.2.7 and no block such as 192.0.2.0/24 or 2001:db8::/32"));
    }

    /**
     * Compiled to be searched in names.
     *
     * @throws IllegalArgumentException with a sentence on what is wrong with it
     */
    static BoundedRegex expression(String value) {
        try {
            return BoundedRegex.compile(value, EXPRESSION);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the expression " + e.getMessage(), e);
        }
    }

    private static String text(Cidr block) {
        return isOneAddress(block) ? block.network().getHostAddress() : block.toString();
    }

    static boolean isOneAddress(Cidr block) {
        return block.prefix() == (block.network() instanceof Inet4Address ? V4_BITS : V6_BITS);
    }

    /** Why there may not be so many; empty when there may. */
    static Optional<String> tooMany(Collection<Ban> bans) {
        if (bans.size() > MOST) {
            return Optional.of("there are " + MOST + " bans already: remove some, or ban blocks of addresses");
        }
        if (bans.stream().filter(BanRules::isBlock).count() > MOST_BLOCKS) {
            return Optional.of("there are bans of " + MOST_BLOCKS + " blocks of addresses already: remove some");
        }
        long programs = bans.stream()
                .filter(ban -> ban.kind() == BanKind.CLIENT_ID_RE || ban.kind() == BanKind.USERNAME_RE)
                .mapToLong(ban -> expression(ban.value()).size())
                .sum();
        return programs > LARGEST_PROGRAMS
                ? Optional.of(
                        "the regular expressions of all bans together would cost too much: remove or shorten some")
                : Optional.empty();
    }

    private static boolean isBlock(Ban ban) {
        return ban.kind() == BanKind.ADDRESS && !isOneAddress(block(ban.value()));
    }
}
