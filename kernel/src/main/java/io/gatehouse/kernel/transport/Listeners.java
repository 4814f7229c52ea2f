package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.PacketDispatcher;
import io.gatehouse.kernel.broker.Settings;
import io.gatehouse.kernel.config.ListenerConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The listeners of the broker: opened, closed and replaced as the configuration says. */
public final class Listeners implements AutoCloseable {
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
     * cannot be opened at its new place stays at the old one, if there is one.
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
        Map<String, String> problems = openAll(left);
        Map<String, Listener> inTheWay = inTheWay(left);
        if (!inTheWay.isEmpty()) {
            problems = exchange(inTheWay, left);
        }
        return List.copyOf(problems.values());
    }

    /** Opens what can be, and leaves the rest in the map; gives a sentence for each that is left. */
    private Map<String, String> openAll(Map<String, ListenerConfig> left) {
        Map<String, String> problems = new TreeMap<>();
        int before;
        do { // one may move to the place that another leaves
            before = left.size();
            problems.clear();
            left.values().removeIf(config -> open(config, problems));
        } while (!left.isEmpty() && left.size() < before);
        return problems;
    }

    /** Of those that cannot move, the ones that stand where another of them wants to go, or they themselves with another address. */
    private Map<String, Listener> inTheWay(Map<String, ListenerConfig> left) {
        Set<Integer> ports = left.values().stream().map(ListenerConfig::port).collect(Collectors.toSet());
        Map<String, Listener> inTheWay = new TreeMap<>(open);
        inTheWay.keySet().retainAll(left.keySet());
        inTheWay.values()
                .removeIf(listener -> !ports.contains(listener.address().getPort()));
        return inTheWay;
    }

    /** All that are in the way leave their places, then each goes where it wants to be, or comes back; the others follow. */
    private Map<String, String> exchange(Map<String, Listener> inTheWay, Map<String, ListenerConfig> left) {
        inTheWay.forEach((name, listener) -> {
            open.remove(name);
            retire(listener);
        });
        Map<String, String> problems = new TreeMap<>();
        inTheWay.forEach((name, listener) -> {
            if (!open(Objects.requireNonNull(left.remove(name)), problems)) {
                problems.merge(name, comeBack(listener.config()), String::concat);
            }
        });
        problems.putAll(openAll(left));
        return problems;
    }

    /** How the sentence goes on that says why the listener could not move. */
    private String comeBack(ListenerConfig before) {
        String place = before.host() + ":" + before.port();
        return open(before, new HashMap<>())
                ? "; it listens at " + place + " as before"
                : "; it listens nowhere now, for its old place, " + place + ", is taken, too";
    }

    /** True when the listener is open as configured; else there is a problem more. */
    private boolean open(ListenerConfig config, Map<String, String> problems) {
        Listener present = open.get(config.name());
        if (present != null && present.listensAt(config)) {
            present.config(config);
            return true;
        }
        try {
            Listener opened = Listener.open(config, loops, dispatcher, settings, this::connections);
            all.add(opened);
            open.put(config.name(), opened);
            retire(present);
            return true;
        } catch (ListenFailure failure) {
            problems.put(config.name(), String.valueOf(failure.getMessage()));
            return false;
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
