package io.gatehouse.sdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.testing.sample.ClosedDoor;
import io.gatehouse.sdk.testing.sample.DoorAuthenticator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GatehouseExtensionTest {
    @RegisterExtension
    static final GatehouseExtension broker = GatehouseExtension.forPlugin(DoorAuthenticator.class)
            .components(DoorAuthenticator.class)
            .configuration("auth-door.word = please")
            .build();

    @Test
    void thePluginUnderTestDecidesWithItsConfiguration() {
        assertThat(attempt("please")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(attempt("sesame")).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void tellsTheModulesOfThePlugin() {
        broker.awaitActive("auth-door");

        assertThat(broker.modules())
                .filteredOn(module -> module.name().equals("auth-door"))
                .extracting(ModuleInfo::state)
                .containsExactly(ModuleInfo.State.ACTIVE);
    }

    @Test
    void anotherConfigurationDecidesAtOnceWhileClientsStayConnected() {
        TestClient stays = broker.client("stays").login("alice", "please").connect();
        stays.subscribe("news", Qos.AT_LEAST_ONCE);

        broker.hotReload("auth-door.word = thanks");

        assertThat(attempt("thanks")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(attempt("please")).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        assertThat(stays.publish("news", "still here")).isEqualTo(ReasonCode.SUCCESS);
        assertThat(stays.receive().payload().asUtf8()).isEqualTo("still here");
    }

    @Test
    void anotherClassDecidesAtOnceWhileClientsStayConnected() {
        TestClient stays = broker.client("stays").login("alice", "please").connect();

        broker.hotReload(ClosedDoor.NextVersion.class);

        assertThat(attempt("please")).isEqualTo(ReasonCode.BANNED);
        assertThat(stays.isConnected()).isTrue();
    }

    @Test
    void whenThePluginIsGoneNobodyGetsIn() {
        broker.hotReload("authentication.module-wait = 0s, auth-door.word = please");
        broker.removePlugin();

        assertThat(attempt("please")).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
    }

    @Test
    void aBrokenConfigurationChangesNothingAndIsTold() {
        assertThatThrownBy(() -> broker.hotReload("auth-door.wrod = thanks"))
                .isInstanceOf(BrokerNotStartedException.class)
                .hasMessageContaining("wrod");
        assertThat(attempt("please")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void aClientThatIsRefusedFailsTheTestWithTheReason() {
        assertThatThrownBy(() -> broker.connect("c"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("the broker refuses the client c: BAD_USER_NAME_OR_PASSWORD");
    }

    @Test
    void aModuleThatIsNotThereIsTold() {
        assertThatThrownBy(() -> GatehouseExtension.forPlugin(DoorAuthenticator.class)
                        .build()
                        .modules())
                .isInstanceOf(BrokerNotStartedException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    private static ReasonCode attempt(String word) {
        return broker.client("c").login("alice", word).attempt();
    }
}
