package io.gatehouse.kernel.bench;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do, to whom, with how many and for how long. Its maker has checked the bounds. */
public record BenchPlan(Mode mode, Target target, Identity identity, Crew crew, Traffic traffic, Timing timing) {
    private static final int MOST_IN_REHEARSAL = 50;

    /**
     * The broker.
     *
     * @param bindAddresses where connections come from, in turn; empty when the system may choose
     */
    public record Target(String host, int port, Optional<TlsSettings> tls, List<String> bindAddresses) {
        public Target {
            bindAddresses = List.copyOf(bindAddresses);
        }
    }

    /**
     * What the clients say in CONNECT.
     *
     * @param prefix of each client identifier; a letter for the role and a number follow
     * @param keepAliveSeconds 0 for none
     * @param sessionExpirySeconds 0 to 4,294,967,295; MQTT 5 only
     */
    public record Identity(
            MqttVersion version,
            @Nullable String username,
            @Nullable Secret password,
            String prefix,
            int keepAliveSeconds,
            boolean cleanStart,
            long sessionExpirySeconds) {}

    /**
     * How many there are, and how they come.
     *
     * @param idle clients that only connect
     * @param threads event loops, each with an equal share of the clients
     * @param connectRate connections in a second, in all; 0 for as fast as {@code connectWindow} permits
     * @param connectWindow how many may be connecting at a time
     * @param reconnect whether a lost connection is replaced after a second
     */
    public record Crew(
            int idle,
            int publishers,
            int subscribers,
            int threads,
            double connectRate,
            int connectWindow,
            boolean reconnect) {
        int clients() {
            return idle + publishers + subscribers;
        }
    }

    /**
     * The messages.
     *
     * @param topic with {@code %i} for the number of the client and {@code %c} for its identifier
     * @param filter what subscribers subscribe to, the same placeholders; null to derive it from the topic
     * @param group of a shared subscription; null for ordinary ones
     * @param payload of every message; its first 16 bytes are written over where there is room
     * @param rate messages in a second, of all publishers; 0 for as fast as {@code window} permits
     * @param window how many messages of a publisher may be under way
     * @param messages how many in all; {@link Long#MAX_VALUE} for no bound
     */
    public record Traffic(
            String topic,
            @Nullable String filter,
            @Nullable String group,
            Qos qos,
            boolean retain,
            Payload payload,
            double rate,
            int window,
            long messages) {
        boolean open() {
            return rate > 0;
        }
    }

    /**
     * How long.
     *
     * @param warmUp what is sent in this time is not measured
     * @param duration of the measurement after it; for {@link Mode#CONNECT} how long the connections are held. Empty to go on until all
     *     messages are through, or until the bench is stopped
     * @param drain how long is waited for what is still under way at the end
     * @param interval between two calls of the observer
     */
    public record Timing(Duration warmUp, Optional<Duration> duration, Duration drain, Duration interval) {}

    /** The same clients, but a few only, who connect under other names and do nothing. */
    BenchPlan rehearsal() {
        Identity other = new Identity(
                identity.version,
                identity.username,
                identity.password,
                identity.prefix + 'r',
                identity.keepAliveSeconds,
                true,
                0);
        int few = Math.clamp(crew.idle / 10, 1, MOST_IN_REHEARSAL);
        Crew cast = new Crew(few, 0, 0, 1, 0, few, false);
        return new BenchPlan(Mode.CONNECT, target, other, cast, traffic, timing);
    }

    /** How many copies of each message arrive. */
    int copies() {
        return mode == Mode.PAIRS || traffic.group != null ? 1 : crew.subscribers;
    }
}
