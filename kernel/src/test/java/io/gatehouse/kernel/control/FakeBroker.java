package io.gatehouse.kernel.control;

import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.BrokerView;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.broker.SessionInfo;
import io.gatehouse.sdk.broker.Statistics;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A broker with two sessions and two modules, which remembers whom it disconnected. */
public final class FakeBroker implements Broker, BrokerView {
    public static final Instant STARTED = Instant.parse("2026-11-21T10:00:00Z");

    public final List<String> disconnected = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<ReasonCode> publish(Message message) {
        return CompletableFuture.failedStage(new UnsupportedOperationException());
    }

    @Override
    public CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason) {
        if (clientId.equals("poison")) {
            return CompletableFuture.failedStage(new IllegalStateException("broken"));
        }
        disconnected.add(clientId + " " + reason);
        return CompletableFuture.completedStage(
                session(clientId).map(SessionInfo::connected).orElse(false));
    }

    @Override
    public BrokerView view() {
        return this;
    }

    @Override
    public Instant startedAt() {
        return STARTED;
    }

    @Override
    public Statistics statistics() {
        return new Statistics(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Override
    public List<SessionInfo> sessions(int limit) {
        return List.of(session("pump", null, false), session("lamp", "ada", true))
                .subList(0, Math.min(limit, 2));
    }

    @Override
    public Optional<SessionInfo> session(String clientId) {
        return sessions(10).stream()
                .filter(session -> session.client().clientId().equals(clientId))
                .findAny();
    }

    @Override
    public List<ModuleInfo> modules() {
        return List.of(
                module("auth-builtin", ModuleInfo.State.ACTIVE, "up"),
                module("auth-ldap", ModuleInfo.State.ABSENT, "no bundle offers it"));
    }

    private static ModuleInfo module(String name, ModuleInfo.State state, String detail) {
        return new ModuleInfo(
                name,
                "io.gatehouse." + name,
                "0.1.0",
                state,
                7,
                STARTED,
                List.of("Authenticator"),
                detail,
                4,
                2,
                1,
                Duration.ofNanos(1_500_000),
                5);
    }

    private static SessionInfo session(String clientId, @Nullable String username, boolean connected) {
        Client client = new Client(
                clientId,
                username,
                MqttVersion.V5,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711),
                "tcp.default",
                List.of(),
                Map.of(),
                false);
        return new SessionInfo(client, connected, STARTED, 60, 1, 2, 3);
    }
}
