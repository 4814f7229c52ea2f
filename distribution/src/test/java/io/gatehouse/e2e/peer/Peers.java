package io.gatehouse.e2e.peer;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Connects clients of any kind to a broker, through a cable that can be cut, and closes them after each test. Each test gets names of its
 * own, so that tests that share a broker do not meet.
 */
public final class Peers implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final BrokerProcess broker;
    private final AtomicInteger tests = new AtomicInteger();
    private final List<Peer> open = new ArrayList<>();
    private @Nullable Link link;
    private @Nullable MqttJs mqttJs;

    /** For clients of this broker. */
    public Peers(BrokerProcess broker) {
        this.broker = broker;
    }

    /** A name that no other test uses. */
    public String unique(String name) {
        return name + tests.get();
    }

    /** Connects as {@code alice}, directly. */
    public Peer connect(PeerKind kind, String name) throws Refused {
        return connect(kind, name, settings -> settings);
    }

    /** Connects directly. */
    public Peer connect(PeerKind kind, String name, UnaryOperator<PeerSettings> settings) throws Refused {
        return connect(kind, settings.apply(PeerSettings.of(broker.port(), unique(name))));
    }

    /** Connects over WebSocket to the listener {@code ws.default}. */
    public Peer connectOverWebSocket(PeerKind kind, String name, UnaryOperator<PeerSettings> settings) throws Refused {
        PeerSettings standard = PeerSettings.of(broker.port("ws.default"), unique(name));
        return connect(kind, settings.apply(standard.overWebSocket()));
    }

    /** Connects through the cable. */
    public Peer connectByCable(PeerKind kind, String name, UnaryOperator<PeerSettings> settings) throws Refused {
        Link cable = link == null ? Link.to(broker.port()) : link;
        link = cable;
        return connect(kind, settings.apply(PeerSettings.of(cable.port(), unique(name))));
    }

    /** Those who came through the cable lose their connection. */
    public void cutCable() {
        if (link != null) {
            link.cut();
        }
    }

    private Peer connect(PeerKind kind, PeerSettings settings) throws Refused {
        Peer peer = switch (kind) {
            case HIVEMQ_3_1_1 -> new HiveMq3Peer(settings);
            case HIVEMQ_5 -> new HiveMq5Peer(settings);
            case PAHO_3_1, PAHO_3_1_1 -> new Paho3Peer(settings, kind.level());
            case PAHO_5 -> new Paho5Peer(settings);
            case MQTTJS_3_1, MQTTJS_3_1_1, MQTTJS_5 -> mqttJs().connect(settings, kind.level());
        };
        open.add(peer);
        return peer;
    }

    private MqttJs mqttJs() {
        MqttJs running = mqttJs == null ? MqttJs.start() : mqttJs;
        mqttJs = running;
        return running;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        tests.incrementAndGet();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        open.forEach(Peer::close);
        open.clear();
        if (link != null) {
            link.close();
            link = null;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (mqttJs != null) {
            mqttJs.close();
        }
    }
}
