package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.transport.MqttLink;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners come, go and change while the broker runs, and nobody who is connected notices. */
class ListenerChangesTest {
    private static final String WEB = "ws.web";
    private static final String WITH_WEB = RunningGatehouse.OPEN + "listeners.ws.web.bind = \"127.0.0.1:0\"\n";

    /** CONNECT of MQTT 3.1.1 without a client identifier, and PINGREQ. */
    private static final byte[] CONNECT = {0x10, 12, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 0};

    private static final byte[] PINGREQ = {(byte) 0xC0, 0};

    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    /** The WebSocket client that comes with Java. */
    private static final class Web implements WebSocket.Listener {
        private final BlockingQueue<Byte> firstBytes = new LinkedBlockingQueue<>();
        private final WebSocket socket;

        Web(InetSocketAddress address, String path) {
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols("mqtt")
                    .buildAsync(URI.create("ws://127.0.0.1:" + address.getPort() + path), this)
                    .join();
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            firstBytes.add(data.get());
            from.request(1);
            return null;
        }

        /** Sends a packet; the first byte of the answer has to be this one. */
        void ask(byte[] packet, int answer) throws InterruptedException {
            socket.sendBinary(ByteBuffer.wrap(packet), true).join();
            assertThat(firstBytes.poll(20, TimeUnit.SECONDS)).isEqualTo((byte) answer);
        }
    }

    @BeforeEach
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home, RunningGatehouse.OPEN, board.plugin("acme.open").source("Everybody", """
                        @Component(name = "auth-all") public class Everybody implements Authenticator {
                          public AuthResult authenticate(ConnectRequest request) { return AuthResult.accept(); } }
                        """));
    }

    @AfterEach
    void stop() {
        gatehouse.close();
        board.close();
    }

    private InetSocketAddress web() {
        return Objects.requireNonNull(gatehouse.addresses().get(WEB));
    }

    @Test
    void aListenerComesChangesAndGoes() throws Exception {
        try (TestClient witness = gatehouse.connected("witness")) {
            gatehouse.configure(WITH_WEB);
            await().until(() -> gatehouse.addresses().containsKey(WEB));
            Web first = new Web(web(), "/mqtt");
            first.ask(CONNECT, 0x20);

            gatehouse.configure(WITH_WEB + "listeners.ws.web.path = \"/iot\"\n");
            await().ignoreExceptions().until(() -> new Web(web(), "/iot") != null);
            assertThatThrownBy(() -> new Web(web(), "/mqtt")).isInstanceOf(CompletionException.class);
            first.ask(PINGREQ, 0xD0);

            gatehouse.configure(RunningGatehouse.OPEN);
            await().until(() -> !gatehouse.addresses().containsKey(WEB));
            first.ask(PINGREQ, 0xD0);
            witness.ping();
        }
    }

    @Test
    void newRulesAreForNewConnectionsAndABrokenEditChangesNothing() throws Exception {
        String denied = "listeners.tcp.default.access-rules = [\"deny 127.0.0.0/8\", \"allow all\"]\n";
        try (TestClient witness = gatehouse.connected("witness")) {
            gatehouse.configure(RunningGatehouse.OPEN + denied);
            await().until(this::isClosedAtOnce);
            witness.ping();

            gatehouse.configure(RunningGatehouse.OPEN + denied + "listeners.tcp.default.mountpoint = \"#\"\n");
            gatehouse.configure(WITH_WEB + denied);
            await().until(() -> gatehouse.addresses().containsKey(WEB));
            assertThat(isClosedAtOnce()).isTrue();

            gatehouse.configure(RunningGatehouse.OPEN);
            await().until(() -> !isClosedAtOnce());
            gatehouse.connected("late").close();
            witness.ping();
        }
    }

    /** Nothing comes from a connection that is open and says nothing. */
    private boolean isClosedAtOnce() throws IOException {
        try (MqttLink link = MqttLink.open("127.0.0.1", gatehouse.address().getPort(), Duration.ofSeconds(10))) {
            return link.receive(Duration.ofMillis(200)).isPresent();
        } catch (EOFException | SocketException closed) {
            return true;
        }
    }
}
