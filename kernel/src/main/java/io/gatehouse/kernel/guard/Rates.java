package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.config.Rate;
import io.gatehouse.kernel.config.RatesConfig;
import io.gatehouse.kernel.session.AnyThread;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The buckets of the rates in force: those of a client are made with its connection, those of listeners and of the node are shared. */
@AnyThread
public final class Rates {
    private final int lanes;
    private final LongSupplier nanoClock;
    private final GuardCounters counters;
    private volatile InForce inForce;

    /**
     * Rates with all buckets full.
     *
     * @param lanes how many there are
     * @param nanoClock a clock that begins near 0 and never goes back
     */
    Rates(GuardConfig config, int lanes, LongSupplier nanoClock, GuardCounters counters) {
        this.lanes = lanes;
        this.nanoClock = nanoClock;
        this.counters = counters;
        this.inForce = new InForce(config);
    }

    /** Puts other rates into force; true when they are others, and connections need other meters. */
    boolean replace(GuardConfig config) {
        boolean changed = !inForce.isOf(config);
        if (changed) {
            inForce = new InForce(config);
        }
        return changed;
    }

    /** What measures a new connection; null when nothing that it could do is limited. */
    public @Nullable Meter meter(String listener) {
        return inForce.meter(listener);
    }

    /** Whether one more connection may come through this listener now. */
    boolean admitsConnection(String listener) {
        InForce now = inForce;
        SharedBucket ofListener = now.listener(listener).connections();
        return (ofListener == null || ofListener.tryTake(nanoClock.getAsLong()))
                && (now.node.connections() == null || now.node.connections().tryTake(nanoClock.getAsLong()));
    }

    /** Whether one more connection may come from this address now. */
    boolean admitsConnection(InetAddress peer) {
        AddressPace paces = inForce.addresses;
        return paces == null || paces.tryTake(peer, nanoClock.getAsLong());
    }

    /** The buckets of a listener or of the node; null where there is no limit. */
    private record Buckets(
            @Nullable SharedBucket connections,
            @Nullable SharedBucket messages,
            @Nullable SharedBucket bytes) {}

    /** The rates of one configuration. */
    private final class InForce {
        private final RatesConfig client;
        private final RatesConfig eachListener;
        private final RatesConfig wholeNode;
        private final long longestPause;
        private final Buckets node;
        private final ConcurrentHashMap<String, Buckets> listeners = new ConcurrentHashMap<>();
        private final @Nullable AddressPace addresses;

        InForce(GuardConfig config) {
            client = config.client();
            eachListener = config.listener();
            wholeNode = config.node();
            longestPause = config.maxPause().toNanos();
            node = buckets(wholeNode);
            addresses = client.connections().isLimited() ? new AddressPace(Pace.of(client.connections())) : null;
        }

        boolean isOf(GuardConfig config) {
            return client.equals(config.client())
                    && eachListener.equals(config.listener())
                    && wholeNode.equals(config.node())
                    && longestPause == config.maxPause().toNanos();
        }

        Buckets listener(String name) {
            return listeners.computeIfAbsent(name, _ -> buckets(eachListener));
        }

        @Nullable
        Meter meter(String listener) {
            if (!client.limitsTraffic() && !eachListener.limitsTraffic() && !wholeNode.limitsTraffic()) {
                return null;
            }
            Buckets shared = listener(listener);
            return new Meter(
                    tokens(client.messages(), shared.messages(), node.messages()),
                    tokens(client.bytes(), shared.bytes(), node.bytes()),
                    longestPause,
                    nanoClock,
                    counters);
        }

        private Buckets buckets(RatesConfig of) {
            return new Buckets(bucket(of.connections()), bucket(of.messages()), bucket(of.bytes()));
        }

        private @Nullable SharedBucket bucket(Rate rate) {
            return rate.isLimited() ? new SharedBucket(Pace.of(rate), lanes) : null;
        }

        private static List<Tokens> tokens(Rate own, @Nullable SharedBucket ofListener, @Nullable SharedBucket ofNode) {
            List<Tokens> tokens = new ArrayList<>();
            if (own.isLimited()) {
                tokens.add(new OwnBucket(Pace.of(own)));
            }
            if (ofListener != null) {
                tokens.add(ofListener);
            }
            if (ofNode != null) {
                tokens.add(ofNode);
            }
            return tokens;
        }
    }
}
