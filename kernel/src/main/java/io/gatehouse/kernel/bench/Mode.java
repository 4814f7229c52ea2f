package io.gatehouse.kernel.bench;

import java.util.Locale;

/** What the clients do to each other. */
public enum Mode {
    /** They connect and stay. */
    CONNECT(false, false),
    /** Publishers only. */
    PUB(true, false),
    /** Subscribers only. */
    SUB(false, true),
    /** Each publisher has a subscriber and a topic of its own. */
    PAIRS(true, true),
    /** Many publishers, few subscribers that get everything or share it. */
    FAN_IN(true, true),
    /** Few publishers, many subscribers that get everything or share it. */
    FAN_OUT(true, true);

    private final boolean publishes;
    private final boolean subscribes;

    Mode(boolean publishes, boolean subscribes) {
        this.publishes = publishes;
        this.subscribes = subscribes;
    }

    boolean publishes() {
        return publishes;
    }

    boolean subscribes() {
        return subscribes;
    }

    /** True when what is sent comes back to this process. */
    boolean delivers() {
        return publishes && subscribes;
    }

    /** As on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
