package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may connect, and how much a client may do in a time. The transport asks before anything is read, the broker when it knows who the
 * client is. Nothing here blocks.
 *
 * <pre>
 *   accepted ─► address: banned, flapping, too fast? ─► all, listener: too many, too fast? ─► CONNECT
 *   CONNECT  ─► address, client identifier: banned? ─► authentication ─► identity: banned, flapping? ─► session
 *   packets  ─► meter: pause, or refuse
 * </pre>
 */
@AnyThread
public final class Guard {
    /** Ends of connections that say nothing about the client. */
    private static final Set<ReasonCode> NOT_ITS_DOING = EnumSet.of(
            ReasonCode.SERVER_UNAVAILABLE,
            ReasonCode.SERVER_BUSY,
            ReasonCode.SERVER_SHUTTING_DOWN,
            ReasonCode.ADMINISTRATIVE_ACTION,
            ReasonCode.SESSION_TAKEN_OVER,
            ReasonCode.BANNED,
            ReasonCode.QUOTA_EXCEEDED,
            ReasonCode.CONNECTION_RATE_EXCEEDED,
            ReasonCode.USE_ANOTHER_SERVER,
            ReasonCode.SERVER_MOVED);

    private final Supplier<GuardConfig> config;
    private final Bans bans;
    private final Flapping flapping;
    private final GuardCounters counters = new GuardCounters();
    private final Rates rates;

    /**
     * A guard with all buckets full.
     *
     * @param config what is in force at the moment
     * @param lanes how many there are
     */
    public Guard(Supplier<GuardConfig> config, Bans bans, int lanes) {
        this(config, bans, lanes, InstantSource.system(), sinceNow());
    }

    Guard(Supplier<GuardConfig> config, Bans bans, int lanes, InstantSource clock, LongSupplier nanoClock) {
        this.config = config;
        this.bans = bans;
        this.flapping = new Flapping(() -> config.get().flapping(), clock);
        this.rates = new Rates(config.get(), lanes, nanoClock, counters);
    }

    private static LongSupplier sinceNow() {
        long start = System.nanoTime();
        return () -> System.nanoTime() - start;
    }

    /** Whether a connection from this address may stay. Asked once for each, before anything is read. */
    public boolean admits(InetAddress peer) {
        if (bans.index().holds(peer) || flapping.isBanned(peer)) {
            counters.connectionsBanned.increment();
            return false;
        }
        if (!rates.admitsConnection(peer)) {
            counters.connectionsTooFast.increment();
            return false;
        }
        return true;
    }

    /**
     * Whether one more connection through this listener may stay. Asked once for each, before anything is read.
     *
     * @param present how many connections all listeners have without it
     */
    public boolean admits(String listener, int present) {
        if (present >= config.get().maxConnections()) {
            counters.connectionsTooMany.increment();
            return false;
        }
        if (!rates.admitsConnection(listener)) {
            counters.connectionsTooFast.increment();
            return false;
        }
        return true;
    }

    /** Whether a client may not even be authenticated: of what it claims, only the identifier and the address count. */
    public boolean refusesClaim(Client claimed) {
        return counted(bans.index().holdsClaim(claimed));
    }

    /** Whether a client that was authenticated may not connect, or not stay. */
    public boolean refuses(Client client) {
        return counted(bans.index().holds(client) || flapping.isBanned(client));
    }

    private boolean counted(boolean refused) {
        if (refused) {
            counters.connectsBanned.increment();
        }
        return refused;
    }

    /** A connection is closed whose client had not been let in. */
    public void left(InetAddress peer, ReasonCode reason) {
        if (!NOT_ITS_DOING.contains(reason)) {
            flapping.left(peer);
        }
    }

    /** The connection of a client that had been let in is closed. */
    public void left(Client client, ReasonCode reason) {
        if (!NOT_ITS_DOING.contains(reason)) {
            flapping.left(client);
        }
    }

    /** A connection was taken over: two of one identity fight, which counts; what somebody else does counts for nobody. */
    public void takenOver(Client former, Client by) {
        if (Flapping.isSame(former, by)) {
            flapping.left(former);
        }
    }

    /** What measures a new connection; null when nothing that it could do is limited. */
    public @Nullable Meter meter(String listener) {
        return rates.meter(listener);
    }

    /** The configuration was replaced; true when connections that exist need other meters. */
    public boolean configured() {
        return rates.replace(config.get());
    }

    /** Whom operators banned. */
    public Bans bans() {
        return bans;
    }

    /** What operators do with bans. */
    public BanAdministration administration() {
        return new BanAdministration(bans, flapping);
    }

    /** What was done so far. */
    public GuardReport report() {
        return counters.report(bans.list().size(), flapping.bans().size());
    }
}
