package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.PacketDispatcher;
import io.gatehouse.kernel.broker.Settings;
import io.gatehouse.kernel.config.ListenerConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of the broker: opened, closed and replaced as the configuration says. */
public final class Listeners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final EventLoops loops;
    private final PacketDispatcher dispatcher;
    private final Settings settings;
    private final Map<String, Listener> open = new TreeMap<>();

    /** Those that are open and those that are retired, for those who count. */
    private final List<Listener> all = new CopyOnWriteArrayList<>();

    /** Closed, but with connections that came through them. */
    private final List<Listener> retired = new ArrayList<>();

    /** No listener yet. */
    public Listeners(EventLoops loops, PacketDispatcher dispatcher, Settings settings) {
        this.loops = loops;
        this.dispatcher = dispatcher;
        this.settings = settings;
    }

    /**
     * Opens what is new, closes what is gone and moves what listens elsewhere from now on; connections stay as they are. A listener that
     * cannot be opened at its new place stays open at the old one.
     *
     * @return one sentence for each listener that could not be opened; the others are open
     */
    public synchronized List<String> apply(Map<String, ListenerConfig> wanted) {
        for (String name : List.copyOf(open.keySet())) {
            if (!wanted.containsKey(name)) {
                retire(open.remove(name));
            }
        }
        Map<String, ListenerConfig> left = new TreeMap<>(wanted);
        Map<String, String> problems = new TreeMap<>();
        int before;
        do { // one may move to the place that another leaves
            before = left.size();
            problems.clear();
            left.values().removeIf(config -> open(config, problems));
        } while (!left.isEmpty() && left.size() < before);
        return List.copyOf(problems.values());
    }

    /** True when the listener is open as configured; else there is a problem more. */
    private boolean open(ListenerConfig config, Map<String, String> problems) {
        Listener present = open.get(config.name());
        if (present != null && present.listensAt(config)) {
            present.config(config);
            return true;
        }
        try {
            add(config);
            retire(present);
            return true;
        } catch (ListenFailure failure) {
            if (present != null && present.address().getPort() == config.port() && exchange(present, config)) {
                return true;
            }
            problems.put(config.name(), String.valueOf(failure.getMessage()));
            return false;
        }
    }

    private void add(ListenerConfig config) throws ListenFailure {
        Listener opened = Listener.open(config, loops, dispatcher, settings, this::connections);
        all.add(opened);
        open.put(config.name(), opened);
    }

    /**
     * With the same port the listener may stand in its own way, as 127.0.0.1 does in that of 0.0.0.0: it is closed first, and opened again
     * where it was if that was not the reason.
     */
    private boolean exchange(Listener present, ListenerConfig config) {
        ListenerConfig before = present.config();
        open.remove(config.name());
        retire(present);
        try {
            add(config);
            return true;
        } catch (ListenFailure failure) {
            reopen(before);
            return false;
        }
    }

    private void reopen(ListenerConfig before) {
        try {
            add(before);
        } catch (ListenFailure failure) {
            LOG.error("{} was closed to be opened elsewhere, and cannot be opened again", before.name(), failure);
        }
    }

    private void retire(@Nullable Listener listener) {
        if (listener != null) {
            listener.close();
            List<Listener> over = retired.stream().filter(Listener::isEmpty).toList();
            retired.removeAll(over);
            all.removeAll(over);
            retired.add(listener);
        }
    }

    /** How many connections there are through all of them. Any thread. */
    private int connections() {
        int sum = 0;
        for (Listener listener : all) {
            sum += listener.connections();
        }
        return sum;
    }

    /** Other rates are in force: connections that exist keep to them from now on, too. */
    public void measureAnew() {
        all.forEach(Listener::measureAnew);
    }

    /** Where each open listener listens, by name. */
    public synchronized Map<String, InetSocketAddress> addresses() {
        Map<String, InetSocketAddress> addresses = new TreeMap<>();
        open.forEach((name, listener) -> addresses.put(name, listener.address()));
        return addresses;
    }

    /** Stops accepting connections, tells the clients, waits up to the given time for the connections to end and cuts the rest. */
    public synchronized void drain(Duration atMost) {
        open.values().forEach(this::retire);
        open.clear();
        retired.forEach(Listener::shutDown);
        long end = System.nanoTime() + atMost.toNanos();
        retired.forEach(listener -> listener.awaitClosed(Duration.ofNanos(end - System.nanoTime())));
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }
}
