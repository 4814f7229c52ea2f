package io.gatehouse.kernel.warmup;

import io.gatehouse.kernel.broker.BrokerCore;
import io.gatehouse.kernel.broker.Settings;
import io.gatehouse.kernel.guard.Bans;
import io.gatehouse.kernel.memory.MemoryGuard;
import io.gatehouse.kernel.memory.WaitingBytes;
import io.gatehouse.kernel.plugin.module.HeldPlugins;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.transport.EventLoops;
import io.gatehouse.kernel.transport.Listeners;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A whole core that shares neither sessions nor retained messages nor modules with the broker. Its only listener is bound to the loopback
 * address for as long as the stage stands, and lets in nobody but the clients that {@link Scene}s open: they show a password that is made
 * anew each time and leaves this process only towards that listener. One thread opens clients and waits for what comes to them.
 */
final class Stage implements AutoCloseable {

    private final Packets packets = new Packets();
    private final EventLoops loops = new EventLoops("warm-up-lane", 1);
    private final Listeners listeners;
    private final InetSocketAddress address;

    Stage() throws IOException {
        Settings settings = new Settings(StageConfig.ALL);
        BrokerCore core = BrokerCore.wire(
                loops.lanes(),
                HeldPlugins.unchanging(StageModules.whoShows(packets.password())),
                new LiveRevocation(),
                settings,
                new MemoryGuard(() -> StageConfig.ALL.bounds().memoryCeiling(), List.of(), new WaitingBytes()),
                Bans.inMemory());
        listeners = new Listeners(loops, core.dispatcher(), settings);
        List<String> problems = listeners.apply(StageConfig.ALL.listeners());
        if (!problems.isEmpty()) {
            close();
            throw new IOException(problems.getFirst());
        }
        address = listeners.addresses().values().iterator().next();
    }

    /** Where its listener listens. */
    InetSocketAddress address() {
        return address;
    }

    Packets packets() {
        return packets;
    }

    /** A client whose session ends with its connection. */
    WarmUpClient connect(MqttVersion version, String clientId) throws IOException {
        return connect(packets.connect(version, clientId, true));
    }

    /** A client whose session stays. */
    WarmUpClient resume(MqttVersion version, String clientId) throws IOException {
        return connect(packets.connect(version, clientId, false));
    }

    /** Clients that come at the same time; their sessions end with their connections. */
    List<WarmUpClient> connect(MqttVersion version, List<String> clientIds) throws IOException {
        List<WarmUpClient> clients = new ArrayList<>();
        for (String clientId : clientIds) {
            WarmUpClient client = new WarmUpClient(address);
            client.send(packets.connect(version, clientId, true));
            clients.add(client);
        }
        await(clients, () -> clients.stream().allMatch(client -> client.received(WarmUpClient.CONNACK) > 0));
        return clients;
    }

    /** Sends each of them a packet and waits for all answers. */
    void ask(List<WarmUpClient> clients, byte[] packet, int answer) throws IOException {
        int sum = sum(clients, answer) + clients.size();
        for (WarmUpClient client : clients) {
            client.send(packet);
        }
        await(clients, () -> sum(clients, answer) >= sum);
    }

    static int sum(List<WarmUpClient> clients, int type) {
        int sum = 0;
        for (WarmUpClient client : clients) {
            sum += client.received(type);
        }
        return sum;
    }

    private WarmUpClient connect(byte[] packet) throws IOException {
        WarmUpClient client = new WarmUpClient(address);
        ask(client, packet, WarmUpClient.CONNACK);
        return client;
    }

    void subscribe(WarmUpClient client, MqttVersion version, Qos qos, List<String> filters) throws IOException {
        ask(client, packets.subscribe(version, qos, filters), WarmUpClient.SUBACK);
    }

    /** Sends a packet and waits for the one that answers it. */
    void ask(WarmUpClient client, byte[] packet, int answer) throws IOException {
        ask(List.of(client), packet, answer);
    }

    /** Lets these clients read and acknowledge until this is true. */
    void await(List<WarmUpClient> clients, BooleanSupplier done) throws IOException {
        long begin = System.nanoTime();
        while (!done.getAsBoolean()) {
            for (WarmUpClient client : clients) {
                client.read();
            }
            if (System.nanoTime() - begin > WarmUpClient.LONGEST_WAIT.toNanos()) {
                throw new IOException("an answer did not come in " + WarmUpClient.LONGEST_WAIT);
            }
            LockSupport.parkNanos(this, WarmUpClient.A_MOMENT_NANOS);
        }
    }

    /** Closes the listener and cuts whoever is connected. */
    @Override
    public void close() {
        listeners.close();
        loops.close();
    }
}
