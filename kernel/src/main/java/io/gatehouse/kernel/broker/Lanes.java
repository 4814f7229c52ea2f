package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Lane;
import java.util.List;

/** All lanes, and which one a client belongs to: always the same for the same client identifier. */
@AnyThread
public record Lanes(List<Lane> all) {
    public Lanes {
        all = List.copyOf(all);
    }

    /** The lane of a client. */
    public Lane of(String clientId) {
        int hash = clientId.hashCode();
        return all.get(Math.floorMod(hash ^ (hash >>> 16), all.size()));
    }
}
