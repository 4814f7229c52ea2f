package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlClient;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BansAcrossRestartsTest {
    private static final String FILE = "bans.json";

    @TempDir
    Path first;

    @TempDir
    Path second;

    @Test
    void keepsWhomAnOperatorBannedAwayAfterARestartToo() throws Exception {
        try (Board board = new Board()) {
            try (RunningGatehouse gatehouse =
                    new RunningGatehouse(first, RunningGatehouse.OPEN, board.plugin("acme.all"))) {
                TestClient lamp = gatehouse.connected("lamp");
                assertThat(new ControlClient(gatehouse.data())
                                .call(new ControlRequest.AddBan("client-id", "lamp", "ada", "", 0)))
                        .isInstanceOf(ControlAnswer.Told.class);
                assertThat(lamp.expect(Disconnect.class).reason()).isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
                gatehouse.connected("pump");
            }
            Path data = Files.createDirectories(second.resolve("data"));
            Files.copy(first.resolve("data").resolve(FILE), data.resolve(FILE));
            try (RunningGatehouse gatehouse =
                    new RunningGatehouse(second, RunningGatehouse.OPEN, board.plugin("acme.all"))) {
                assertThat(gatehouse.open().tryConnect(Connects.v5("lamp")).reason())
                        .isEqualTo(ReasonCode.BANNED);
            }
        }
    }

    @Test
    void doesNotStartWithBansThatItCannotRead() throws Exception {
        Path data = Files.createDirectories(first.resolve("data"));
        Files.writeString(data.resolve(FILE), "{");

        assertThatThrownBy(() -> new RunningGatehouse(first, RunningGatehouse.OPEN))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("nobody knows who is banned");
    }
}
