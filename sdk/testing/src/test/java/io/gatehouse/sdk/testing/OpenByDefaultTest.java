package io.gatehouse.sdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.testing.sample.ShoutingInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenByDefaultTest {
    @RegisterExtension
    final GatehouseExtension broker = GatehouseExtension.forPlugin(ShoutingInterceptor.class)
            .components(ShoutingInterceptor.class)
            .build();

    @Test
    void everythingIsOpenThatThePluginDoesNotDecideAbout() {
        TestClient client = broker.connect("c");

        assertThat(client.subscribe("any/topic", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(client.publish("any/topic", "hello")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(client.receive().payload().asUtf8()).isEqualTo("HELLO");
    }

    @Test
    void aBrokerThatCannotStartSaysWhy() {
        GatehouseExtension broken = GatehouseExtension.forPlugin(ShoutingInterceptor.class)
                .components(ShoutingInterceptor.class)
                .configuration("mqtt.max-queue = none")
                .build();

        assertThatThrownBy(broken::start)
                .isInstanceOf(BrokerNotStartedException.class)
                .hasMessageStartingWith("the broker did not start: ")
                .hasMessageContaining("mqtt.max-queue");
    }
}
