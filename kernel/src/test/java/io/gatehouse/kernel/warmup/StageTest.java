package io.gatehouse.kernel.warmup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StageTest {
    private Stage stage;

    @BeforeEach
    void build() throws IOException {
        stage = new Stage();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void playsEachSceneAgainAndAgain() throws IOException {
        List<Scene> scenes = Scenes.on(stage);
        List<Scene> played = new ArrayList<>();

        for (int round = 0; round < 10; round++) {
            for (Scene scene : scenes) {
                scene.play(); // which fails when an answer does not come
                played.add(scene);
            }
        }

        assertThat(played).hasSize(10 * scenes.size());
    }

    @Test
    void isBoundToTheLoopbackAddress() {
        assertThat(stage.address().getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void letsInNobodyWithoutItsPassword() throws IOException {
        WarmUpClient stranger = new WarmUpClient(stage.address());
        stranger.send(new Packets().connect(MqttVersion.V5, "stranger", true));

        assertThatThrownBy(() -> stage.await(List.of(stranger), () -> false))
                .isInstanceOf(IOException.class)
                .hasMessage("the connection was closed");
        assertThat(stranger.received(WarmUpClient.CONNACK)).isEqualTo(1);
    }

    @Test
    void hasAnotherPasswordEachTime() {
        assertThat(new Packets().password()).isNotEqualTo(stage.packets().password());
    }

    @Test
    void deliversWhatIsPublished() throws IOException {
        WarmUpClient client = stage.connect(MqttVersion.V3_1_1, "both");
        stage.subscribe(client, MqttVersion.V3_1_1, Qos.EXACTLY_ONCE, List.of("a/+"));
        client.send(stage.packets().publish(MqttVersion.V3_1_1, Qos.EXACTLY_ONCE, false, List.of("a/1", "a/2")));

        stage.await(List.of(client), () -> client.received(WarmUpClient.PUBREL) == 2);

        assertThat(client.received(WarmUpClient.PUBLISH)).isEqualTo(2);
    }

    @Test
    void givesUpSendingToWhoReadsNothing() throws IOException {
        try (ServerSocketChannel deaf =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            WarmUpClient client = new WarmUpClient((InetSocketAddress) deaf.getLocalAddress(), Duration.ofMillis(50));

            assertThatThrownBy(() -> client.send(new byte[64 * 1024 * 1024]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nothing was read");

            client.cut();
        }
    }

    @Test
    void listensNoMoreWhenItIsClosed() {
        stage.close();

        assertThatThrownBy(() -> new WarmUpClient(stage.address())).isInstanceOf(ConnectException.class);
    }
}
