package io.gatehouse.kernel.codec;

import static io.gatehouse.kernel.codec.Wire.encode;
import static io.gatehouse.kernel.codec.Wire.fromClient;
import static io.gatehouse.kernel.codec.Wire.hex;
import static io.gatehouse.kernel.codec.Wire.refusalFromClient;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V3_1_1;
import static io.gatehouse.sdk.mqtt.MqttVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SUBSCRIBE and UNSUBSCRIBE. */
class SubscribeCodecTest {
    private static final List<UserProperty> PAIR = List.of(new UserProperty("k", "v"));

    @Test
    void readsAndWritesSubscribeOfVersion5() throws MalformedPacket {
        String bytes = """
                82 17             # SUBSCRIBE
                00 0a             # packet identifier
                0a                # 10 bytes of properties
                0b ff 7f          #   subscription identifier 16383
                26 "k" "v"        #   user property
                "a/#" 2e          # filter, do not send retained, retain as published, no local, QoS 2
                "b" 11            # filter, send retained if new, QoS 1
                """;
        Subscribe subscribe = new Subscribe(
                10,
                List.of(
                        new Subscription("a/#", Qos.EXACTLY_ONCE, true, true, RetainHandling.DO_NOT_SEND),
                        new Subscription("b", Qos.AT_LEAST_ONCE, false, false, RetainHandling.SEND_IF_NEW)),
                16_383,
                PAIR);
        assertThat(encode(subscribe, V5)).isEqualTo(hex(bytes));
        assertThat(fromClient(V5, bytes)).isEqualTo(subscribe);
    }

    @ParameterizedTest
    @EnumSource(
            value = MqttVersion.class,
            names = {"V3_1", "V3_1_1"})
    void readsAndWritesSubscribeOfOlderVersions(MqttVersion version) throws MalformedPacket {
        String bytes = "82 0c 00 0a \"a/+\" 01 \"b\" 00";
        Subscribe subscribe = new Subscribe(
                10,
                List.of(Subscription.of("a/+", Qos.AT_LEAST_ONCE), Subscription.of("b", Qos.AT_MOST_ONCE)),
                0,
                List.of());
        assertThat(fromClient(version, bytes)).isEqualTo(subscribe);
        assertThat(encode(subscribe, version)).isEqualTo(hex(bytes));
    }

    @Test
    void writesOlderVersionsTheQosOnly() {
        Subscription options = new Subscription("a", Qos.EXACTLY_ONCE, true, true, RetainHandling.DO_NOT_SEND);
        assertThat(encode(new Subscribe(1, List.of(options), 5, PAIR), V3_1_1)).isEqualTo(hex("82 06 00 01 \"a\" 02"));
    }

    @Test
    void readsAndWritesUnsubscribe() throws MalformedPacket {
        Packet unsubscribe = new Unsubscribe(1, List.of("a/#", "b"), PAIR);
        String v5 = "a2 12 00 01 07 26 \"k\" \"v\" \"a/#\" \"b\"";
        String v3 = "a2 0a 00 01 \"a/#\" \"b\"";
        assertThat(encode(unsubscribe, V5)).isEqualTo(hex(v5));
        assertThat(fromClient(V5, v5)).isEqualTo(unsubscribe);
        assertThat(encode(unsubscribe, V3_1_1)).isEqualTo(hex(v3));
        assertThat(fromClient(V3_1, v3)).isEqualTo(new Unsubscribe(1, List.of("a/#", "b"), List.of()));
    }

    @Test
    void refusesPacketsWithoutFilter() {
        assertThat(refusalFromClient(V5, "82 03 00 01 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V3_1_1, "82 02 00 01")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V5, "a2 03 00 01 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V3_1_1, "a2 02 00 01")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void refusesPacketIdentifier0() {
        assertThat(refusalFromClient(V3_1_1, "82 06 00 00 \"a\" 00")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V3_1_1, "a2 05 00 00 \"a\"")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void refusesAnEmptyFilter() {
        assertThat(refusalFromClient(V5, "82 06 00 01 00 \"\" 00")).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V3_1_1, "a2 04 00 01 \"\"")).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40", "80", "c0", "c1"})
    void refusesReservedOptionsOfVersion5(String options) {
        assertThat(refusalFromClient(V5, "82 07 00 01 00 \"a\"" + options)).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "08", "10", "20", "40", "80", "03"})
    void refusesOptionsOfOlderVersionsOtherThanTheQos(String options) {
        assertThat(refusalFromClient(V3_1_1, "82 06 00 01 \"a\"" + options)).isEqualTo(ReasonCode.MALFORMED_PACKET);
        assertThat(refusalFromClient(V3_1, "82 06 00 01 \"a\"" + options)).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void refusesQos3AndRetainHandling3() {
        assertThat(refusalFromClient(V5, "82 07 00 01 00 \"a\" 03")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(refusalFromClient(V5, "82 07 00 01 00 \"a\" 30")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void refusesNoLocalOnASharedSubscription() throws MalformedPacket {
        String shared = "82 10 00 01 00 \"$share/g/a\" 0";
        assertThat(refusalFromClient(V5, shared + "4")).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        assertThat(fromClient(V5, shared + "0")).isInstanceOf(Subscribe.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "82 01 00", // half a packet identifier
                "82 02 00 01", // no property length
                "82 06 00 01 00 \"a\"", // no options
                "82 06 00 01 00 00 02 'a'", // a filter beyond the packet
                "a2 04 00 01 00 00", // half a length
            })
    void refusesLengthsThatDoNotAddUp(String packet) {
        assertThat(refusalFromClient(V5, packet)).isEqualTo(ReasonCode.MALFORMED_PACKET);
    }

    @Test
    void boundsTheNumberOfFilters() throws MalformedPacket {
        List<String> most = Collections.nCopies(Limits.TOPIC_FILTERS, "a");
        List<String> tooMany = Collections.nCopies(Limits.TOPIC_FILTERS + 1, "a");
        Packet accepted = new Unsubscribe(1, most, List.of());
        assertThat(fromClient(V3_1_1, encode(accepted, V3_1_1))).isEqualTo(accepted);
        assertThat(refusalFromClient(V3_1_1, encode(new Unsubscribe(1, tooMany, List.of()), V3_1_1)))
                .isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        List<Subscription> subscriptions = tooMany.stream()
                .map(filter -> Subscription.of(filter, Qos.AT_MOST_ONCE))
                .toList();
        assertThat(refusalFromClient(V3_1_1, encode(new Subscribe(1, subscriptions, 0, List.of()), V3_1_1)))
                .isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void refusesToWriteOtherSubscriptionIdentifiers() {
        List<Subscription> one = List.of(Subscription.of("a", Qos.AT_MOST_ONCE));
        assertThatThrownBy(() -> encode(new Subscribe(1, one, 268_435_456, List.of()), V5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("subscription identifier");
    }
}
