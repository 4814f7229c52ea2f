package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Valid packets of one version from one side, the same for the same seed. */
final class RandomPackets {
    private static final List<String> PIECES = List.of(
            "a", "B", "7", "/", "-", "sensor", "temperature", "\u00e9", "\u20ac", "\ud83d\ude00", "\ufeff", "\u0001");

    private final Random random;
    private final MqttVersion version;
    private final boolean v5;
    private final List<Supplier<Packet>> kinds;

    /** Packets that {@code reader} may receive. */
    RandomPackets(long seed, MqttVersion version, Side reader) {
        this.random = new Random(seed);
        this.version = version;
        this.v5 = version == MqttVersion.V5;
        this.kinds = new ArrayList<>(
                List.of(() -> publish(reader), this::pubAck, this::pubRec, this::pubRel, this::pubComp));
        switch (reader) {
            case SERVER ->
                kinds.addAll(List.of(
                        this::connect, this::subscribe, this::unsubscribe, PingReq::new, () -> disconnect(reader)));
            case CLIENT -> kinds.addAll(List.of(this::connAck, this::subAck, this::unsubAck, PingResp::new));
        }
        if (v5) {
            kinds.add(() -> auth(reader));
            kinds.add(() -> disconnect(reader));
        }
    }

    Packet next() {
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    Connect connect() {
        String username = maybe(this::text);
        boolean mayHavePassword = v5 || username != null;
        boolean cleanStart = random.nextBoolean();
        String clientId = version == MqttVersion.V3_1 || !cleanStart ? "c" + random.nextInt(1_000) : text();
        return new Connect(
                version,
                cleanStart,
                random.nextInt(65_536),
                clientId,
                username,
                mayHavePassword ? maybe(() -> Secret.ofUtf8(text())) : null,
                maybe(this::will),
                v5 ? connectProperties() : ConnectProperties.DEFAULTS);
    }

    private ConnectProperties connectProperties() {
        String method = maybe(this::text);
        return new ConnectProperties(
                unsignedInt(),
                1 + random.nextInt(65_535),
                1 + random.nextInt(Integer.MAX_VALUE),
                random.nextInt(65_536),
                random.nextBoolean(),
                random.nextBoolean(),
                userProperties(),
                method,
                method == null ? null : maybe(this::payload));
    }

    private Will will() {
        return new Will(message(), v5 ? unsignedInt() : 0);
    }

    private ConnAck connAck() {
        ReasonCode reason = v5 ? oneOf(LegalReasons.CONNACK) : oneOf(returnCodes());
        boolean sessionPresent = reason == ReasonCode.SUCCESS && version != MqttVersion.V3_1 && random.nextBoolean();
        return new ConnAck(sessionPresent, reason, v5 ? connAckProperties() : ConnAckProperties.NONE);
    }

    private static Set<ReasonCode> returnCodes() {
        return Set.of(
                ReasonCode.SUCCESS,
                ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
                ReasonCode.CLIENT_IDENTIFIER_NOT_VALID,
                ReasonCode.SERVER_UNAVAILABLE,
                ReasonCode.BAD_USER_NAME_OR_PASSWORD,
                ReasonCode.NOT_AUTHORIZED);
    }

    private ConnAckProperties connAckProperties() {
        return new ConnAckProperties(
                maybe(this::unsignedInt),
                1 + random.nextInt(65_535),
                Qos.of(random.nextInt(3)),
                random.nextBoolean(),
                1 + random.nextInt(Integer.MAX_VALUE),
                maybe(this::text),
                random.nextInt(65_536),
                maybe(this::text),
                userProperties(),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                maybe(() -> random.nextInt(65_536)),
                maybe(this::text),
                maybe(this::text),
                maybe(this::text),
                maybe(this::payload));
    }

    private Publish publish(Side reader) {
        Message message = message();
        boolean qos0 = message.qos() == Qos.AT_MOST_ONCE;
        int alias = v5 && random.nextBoolean() ? 1 + random.nextInt(65_535) : 0;
        List<Integer> subscriptionIds =
                v5 && reader == Side.CLIENT ? some(() -> 1 + random.nextInt(VariableByteInteger.MAXIMUM)) : List.of();
        return new Publish(
                alias != 0 && random.nextBoolean() ? message.withTopic("") : message,
                !qos0 && random.nextBoolean(),
                qos0 ? 0 : packetId(),
                alias,
                subscriptionIds);
    }

    private Message message() {
        MessageProperties properties = v5 && random.nextBoolean()
                ? new MessageProperties(
                        random.nextBoolean(),
                        random.nextBoolean() ? MessageProperties.NO_EXPIRY : unsignedInt(),
                        maybe(this::text),
                        maybe(this::topic),
                        maybe(this::payload),
                        userProperties())
                : MessageProperties.NONE;
        return new Message(topic(), payload(), Qos.of(random.nextInt(3)), random.nextBoolean(), properties);
    }

    private Packet pubAck() {
        return v5
                ? new PubAck(packetId(), oneOf(LegalReasons.PUBACK), maybe(this::text), userProperties())
                : new PubAck(packetId());
    }

    private Packet pubRec() {
        return v5
                ? new PubRec(packetId(), oneOf(LegalReasons.PUBREC), maybe(this::text), userProperties())
                : new PubRec(packetId());
    }

    private Packet pubRel() {
        return v5
                ? new PubRel(packetId(), oneOf(LegalReasons.PUBREL), maybe(this::text), userProperties())
                : new PubRel(packetId());
    }

    private Packet pubComp() {
        return v5
                ? new PubComp(packetId(), oneOf(LegalReasons.PUBCOMP), maybe(this::text), userProperties())
                : new PubComp(packetId());
    }

    private Packet subscribe() {
        List<Subscription> subscriptions = new ArrayList<>(List.of(subscription()));
        subscriptions.addAll(some(this::subscription));
        int subscriptionId = v5 && random.nextBoolean() ? 1 + random.nextInt(VariableByteInteger.MAXIMUM) : 0;
        return new Subscribe(packetId(), subscriptions, subscriptionId, v5 ? userProperties() : List.of());
    }

    private Subscription subscription() {
        Subscription plain = Subscription.of(topic() + "/#", Qos.of(random.nextInt(3)));
        if (!v5) {
            return plain;
        }
        return new Subscription(
                plain.filter(),
                plain.maximumQos(),
                random.nextBoolean(),
                random.nextBoolean(),
                oneOf(Set.of(RetainHandling.values())));
    }

    private Packet subAck() {
        List<ReasonCode> reasons = reasons(v5 ? LegalReasons.SUBACK : LegalReasons.SUBACK_V3);
        return v5
                ? new SubAck(packetId(), reasons, maybe(this::text), userProperties())
                : new SubAck(packetId(), reasons, null, List.of());
    }

    private Packet unsubscribe() {
        List<String> filters = new ArrayList<>(List.of("+/" + topic()));
        filters.addAll(some(this::topic));
        return new Unsubscribe(packetId(), filters, v5 ? userProperties() : List.of());
    }

    private Packet unsubAck() {
        return v5
                ? new UnsubAck(packetId(), reasons(LegalReasons.UNSUBACK), maybe(this::text), userProperties())
                : new UnsubAck(packetId(), List.of(), null, List.of());
    }

    private Packet disconnect(Side reader) {
        if (!v5) {
            return new Disconnect(ReasonCode.SUCCESS);
        }
        return switch (reader) {
            case SERVER ->
                new Disconnect(
                        oneOf(LegalReasons.DISCONNECT_FROM_CLIENT),
                        maybe(this::unsignedInt),
                        maybe(this::text),
                        null,
                        userProperties());
            case CLIENT ->
                new Disconnect(
                        oneOf(LegalReasons.DISCONNECT_FROM_SERVER),
                        null,
                        maybe(this::text),
                        maybe(this::text),
                        userProperties());
        };
    }

    private Packet auth(Side reader) {
        ReasonCode reason = switch (reader) {
            case SERVER -> oneOf(LegalReasons.AUTH_FROM_CLIENT);
            case CLIENT -> oneOf(LegalReasons.AUTH_FROM_SERVER);
        };
        return new Auth(reason, text(), maybe(this::payload), maybe(this::text), userProperties());
    }

    private List<ReasonCode> reasons(Set<ReasonCode> legal) {
        List<ReasonCode> reasons = new ArrayList<>(List.of(oneOf(legal)));
        reasons.addAll(some(() -> oneOf(legal)));
        return reasons;
    }

    private int packetId() {
        return 1 + random.nextInt(65_535);
    }

    private long unsignedInt() {
        return random.nextInt() & 0xFFFF_FFFFL;
    }

    private List<UserProperty> userProperties() {
        return some(() -> new UserProperty(text(), text()));
    }

    private String topic() {
        return "t" + text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(5);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private Payload payload() {
        byte[] bytes = new byte[random.nextInt(20) == 0 ? 20_000 : random.nextInt(40)];
        random.nextBytes(bytes);
        return Payload.ofOwned(bytes);
    }

    private <T extends Comparable<T>> T oneOf(Set<T> values) {
        List<T> list = values.stream().sorted().toList();
        return list.get(random.nextInt(list.size()));
    }

    private <T> List<T> some(Supplier<T> values) {
        List<T> list = new ArrayList<>();
        while (random.nextInt(3) != 0) {
            list.add(values.get());
        }
        return List.copyOf(list);
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }
}
