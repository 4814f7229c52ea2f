package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Netty's codec as a second opinion on the wire format: every packet type, version, direction and property. Packets are random; how they
 * are put into Netty's words ({@link NettyMessages}) has nothing to do with either codec.
 */
class NettyDifferentialTest {
    private static final int OF_EACH_TYPE = 1_000;

    static Stream<Arguments> versionsAndReaders() {
        return Stream.of(MqttVersion.values())
                .flatMap(version -> Stream.of(Side.values()).map(reader -> Arguments.of(version, reader)));
    }

    /** Their encoder, our decoder: what comes out is what was said. */
    @ParameterizedTest
    @MethodSource("versionsAndReaders")
    void understands(MqttVersion version, Side reader) throws MalformedPacket {
        NettyMessages words = new NettyMessages(version, new Random(8));
        EmbeddedChannel netty = nettyConnection(version);
        for (Packet packet : packets(7, version, reader)) {
            ByteBuf theirs = write(netty, words.of(packet));

            assertThat(Wire.decoder(reader, version).decode(theirs)).isEqualTo(packet);
            assertThat(theirs.isReadable()).isFalse();
        }
        netty.finishAndReleaseAll();
    }

    /** Our encoder, their decoder: they hear the same as from themselves, in every field. */
    @ParameterizedTest
    @MethodSource("versionsAndReaders")
    void isUnderstood(MqttVersion version, Side reader) {
        NettyMessages words = new NettyMessages(version, new Random(8));
        NettyText text = new NettyText((_, _) -> {});
        EmbeddedChannel netty = nettyConnection(version);
        for (Packet packet : packets(9, version, reader)) {
            String fromThemselves = text.of(read(netty, write(netty, words.of(packet))));
            ByteBuf ours = Unpooled.buffer();
            PacketEncoder.encode(packet, version, Wire.UNLIMITED, ours);

            assertThat(text.of(read(netty, ours))).isEqualTo(fromThemselves);
        }
        netty.finishAndReleaseAll();
    }

    /** Otherwise the tests above would prove less than they say. */
    @Test
    void saysEveryPropertyInEveryPlace() {
        Set<String> said = new TreeSet<>();
        NettyText text = new NettyText((scope, identifier) -> said.add(scope + " " + identifier));
        for (Side reader : Side.values()) {
            EmbeddedChannel netty = nettyConnection(MqttVersion.V5);
            for (Packet packet : packets(10, MqttVersion.V5, reader)) {
                ByteBuf ours = Unpooled.buffer();
                PacketEncoder.encode(packet, MqttVersion.V5, Wire.UNLIMITED, ours);
                text.of(read(netty, ours));
            }
            netty.finishAndReleaseAll();
        }

        assertThat(said)
                .containsAll(PropertyTable.ROWS.stream()
                        .flatMap(row -> row.scopes().stream().map(scope -> scope + " " + row.identifier()))
                        .toList());
    }

    /** At least so many of each type that may arrive there. */
    private static List<Packet> packets(long seed, MqttVersion version, Side reader) {
        RandomPackets random = new RandomPackets(seed, version, reader);
        Map<Class<?>, Integer> counts = new HashMap<>();
        List<Packet> packets = new ArrayList<>();
        while (counts.size() < types(version, reader)
                || counts.values().stream().anyMatch(count -> count < OF_EACH_TYPE)) {
            Packet packet = random.next();
            if (nettyCanSay(packet)) {
                counts.merge(packet.getClass(), 1, Integer::sum);
                packets.add(packet);
            }
        }
        return packets;
    }

    private static long types(MqttVersion version, Side reader) {
        return Stream.of(PacketType.values())
                .filter(type -> type.mayArriveAt(reader, version))
                .filter(type -> type != PacketType.AUTH || version == MqttVersion.V5)
                .count();
    }

    /** Netty's decoder knows the version from a CONNECT on the same channel. */
    private static EmbeddedChannel nettyConnection(MqttVersion version) {
        EmbeddedChannel netty = new EmbeddedChannel(new MqttDecoder(1 << 20, 1 << 16), MqttEncoder.INSTANCE);
        Connect connect = new Connect(version, true, 0, "c", null, null, null, ConnectProperties.DEFAULTS);
        ByteBuf bytes = Unpooled.buffer();
        PacketEncoder.encode(connect, version, Wire.UNLIMITED, bytes);
        netty.writeInbound(bytes);
        MqttMessage read = netty.readInbound();
        assertThat(read.decoderResult().isSuccess()).isTrue();
        return netty;
    }

    /** Netty refuses to write a password without user name, which MQTT 5.0 allows. */
    private static boolean nettyCanSay(Packet packet) {
        return !(packet instanceof Connect connect) || connect.password() == null || connect.username() != null;
    }

    private static MqttMessage read(EmbeddedChannel netty, ByteBuf bytes) {
        netty.writeInbound(bytes);
        MqttMessage theirs = netty.readInbound();
        assertThat(theirs).as("read by Netty").isNotNull();
        assertThat(theirs.decoderResult().cause()).isNull();
        return theirs;
    }

    private static ByteBuf write(EmbeddedChannel netty, MqttMessage message) {
        netty.writeOutbound(message);
        ByteBuf whole = Unpooled.buffer();
        for (ByteBuf part = netty.readOutbound(); part != null; part = netty.readOutbound()) {
            whole.writeBytes(part);
            part.release();
        }
        return whole;
    }

    @Test
    void agreesOnTheFieldsOfConnect() throws MalformedPacket {
        MqttConnectMessage theirs = MqttMessageBuilders.connect()
                .protocolVersion(io.netty.handler.codec.mqtt.MqttVersion.MQTT_3_1_1)
                .clientId("client")
                .cleanSession(true)
                .keepAlive(77)
                .username("user")
                .password("pass".getBytes(StandardCharsets.UTF_8))
                .willFlag(true)
                .willQoS(MqttQoS.AT_LEAST_ONCE)
                .willRetain(true)
                .willTopic("will")
                .willMessage("bye".getBytes(StandardCharsets.UTF_8))
                .build();
        Connect ours = (Connect) new PacketDecoder(Wire.UNLIMITED).decode(nettyBytes(theirs));
        assertThat(ours).isNotNull();
        assertThat(ours.version()).isEqualTo(MqttVersion.V3_1_1);
        assertThat(ours.clientId()).isEqualTo("client");
        assertThat(ours.cleanStart()).isTrue();
        assertThat(ours.keepAliveSeconds()).isEqualTo(77);
        assertThat(ours.username()).isEqualTo("user");
        assertThat(ours.password()).isEqualTo(Secret.ofUtf8("pass"));
        assertThat(ours.will()).isNotNull();
        assertThat(ours.will().message().topic()).isEqualTo("will");
        assertThat(ours.will().message().payload()).isEqualTo(Payload.ofUtf8("bye"));
        assertThat(ours.will().message().qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(ours.will().message().retain()).isTrue();
    }

    @Test
    void agreesOnTheFieldsOfPublishAndSubscribe() throws MalformedPacket {
        MqttMessage publish = MqttMessageBuilders.publish()
                .topicName("a/b")
                .qos(MqttQoS.EXACTLY_ONCE)
                .retained(true)
                .messageId(300)
                .payload(Unpooled.copiedBuffer("hi", StandardCharsets.UTF_8))
                .build();
        Publish ours = (Publish) Wire.decoder(Side.SERVER, MqttVersion.V3_1_1).decode(nettyBytes(publish));
        assertThat(ours).isNotNull();
        assertThat(ours.packetId()).isEqualTo(300);
        assertThat(ours.message().topic()).isEqualTo("a/b");
        assertThat(ours.message().qos()).isEqualTo(Qos.EXACTLY_ONCE);
        assertThat(ours.message().retain()).isTrue();
        assertThat(ours.message().payload()).isEqualTo(Payload.ofUtf8("hi"));

        MqttSubscriptionOption options = new MqttSubscriptionOption(
                MqttQoS.AT_LEAST_ONCE, true, false, RetainedHandlingPolicy.DONT_SEND_AT_SUBSCRIBE);
        MqttMessage subscribe = MqttMessageBuilders.subscribe()
                .messageId(9)
                .addSubscription("f/#", options)
                .build();
        EmbeddedChannel netty = nettyConnection(MqttVersion.V5);
        netty.writeOutbound(subscribe);
        Subscribe read = (Subscribe) Wire.decoder(Side.SERVER, MqttVersion.V5).decode(netty.<ByteBuf>readOutbound());
        assertThat(read).isNotNull();
        assertThat(read.packetId()).isEqualTo(9);
        assertThat(read.subscriptions()).singleElement().satisfies(subscription -> {
            assertThat(subscription.filter()).isEqualTo("f/#");
            assertThat(subscription.maximumQos()).isEqualTo(Qos.AT_LEAST_ONCE);
            assertThat(subscription.noLocal()).isTrue();
            assertThat(subscription.retainAsPublished()).isFalse();
            assertThat(subscription.retainHandling()).isEqualTo(RetainHandling.DO_NOT_SEND);
        });
    }

    private static ByteBuf nettyBytes(MqttMessage message) {
        EmbeddedChannel netty = new EmbeddedChannel(MqttEncoder.INSTANCE);
        netty.writeOutbound(message);
        return netty.readOutbound();
    }
}
