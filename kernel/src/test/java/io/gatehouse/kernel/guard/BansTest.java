package io.gatehouse.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BansTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T06:00:00Z");

    @TempDir
    Path data;

    private Instant now = BEGIN;
    private Bans bans;

    @BeforeEach
    void open() throws IOException {
        bans = Bans.open(data, () -> now);
    }

    private BanOutcome ban(BanKind kind, String value) {
        return bans.add(kind, value, "ada", "for a test", null);
    }

    private boolean banned(String clientId, @Nullable String username, String address) {
        return bans.index()
                .holds(new Client(
                        clientId,
                        username,
                        MqttVersion.V5,
                        new InetSocketAddress(InetAddress.ofLiteral(address), 4711),
                        "tcp.test",
                        List.of(),
                        Map.of(),
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT_ID, lamp",
        "USERNAME, ada",
        "ADDRESS, 192.0.2.7",
        "ADDRESS, ::ffff:192.0.2.7",
        "ADDRESS, 192.0.2.0/24",
        "CLIENT_ID_RE, ^la.p$",
        "CLIENT_ID_RE, am",
        "USERNAME_RE, ^a",
    })
    void bansWhomItIsAbout(BanKind kind, String value) {
        assertThat(banned("lamp", "ada", "192.0.2.7")).isFalse();
        assertThat(ban(kind, value)).isInstanceOf(BanOutcome.Done.class);

        assertThat(banned("lamp", "ada", "192.0.2.7")).isTrue();
        assertThat(banned("pump", "bob", "198.51.100.1")).isFalse();
        assertThat(banned("pump", null, "2001:db8::1")).isFalse();
    }

    @Test
    void bansBlocksOfIpv6Addresses() {
        ban(BanKind.ADDRESS, "2001:db8::/32");

        assertThat(banned("lamp", null, "2001:db8:1::7")).isTrue();
        assertThat(banned("lamp", null, "2001:db9::7")).isFalse();
    }

    @Test
    void judgesAClaimByClientIdentifierAndAddressOnly() {
        ban(BanKind.USERNAME, "ada");
        Client claimed = new Client(
                "lamp",
                "ada",
                MqttVersion.V5,
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 1),
                "tcp.test",
                List.of(),
                Map.of(),
                false);

        assertThat(bans.index().holdsClaim(claimed)).isFalse();
        ban(BanKind.CLIENT_ID, "lamp");
        assertThat(bans.index().holdsClaim(claimed)).isTrue();
    }

    @Test
    void refusesANameThatIsTooLongForItsExpressions() {
        ban(BanKind.CLIENT_ID_RE, "^never$");

        assertThat(banned("x".repeat(1_024), null, "192.0.2.7")).isFalse();
        assertThat(banned("x".repeat(1_025), null, "192.0.2.7")).isTrue();
    }

    @Test
    void endsABanWhenItsTimeIsOver() {
        bans.add(BanKind.CLIENT_ID, "lamp", "ada", "", now.plus(Duration.ofMinutes(10)));
        now = now.plus(Duration.ofMinutes(10)).minusMillis(1);
        assertThat(banned("lamp", null, "192.0.2.7")).isTrue();
        now = now.plusMillis(1);

        assertThat(banned("lamp", null, "192.0.2.7")).isFalse();
        assertThat(bans.list()).isEmpty();
    }

    @Test
    void keepsBansAcrossRestarts() throws IOException {
        ban(BanKind.CLIENT_ID, "lämp\n\"\\");
        bans.add(BanKind.ADDRESS, "192.0.2.0/24", "bob", "", now.plus(Duration.ofDays(1)));
        bans.add(BanKind.USERNAME, "gone", "bob", "", now.plus(Duration.ofSeconds(1)));
        ban(BanKind.USERNAME_RE, "^tmp-");
        ban(BanKind.USERNAME_RE, "^other-");
        bans.remove(BanKind.USERNAME_RE, "^other-");
        now = now.plus(Duration.ofHours(1));

        List<Ban> before = bans.list();
        open();

        assertThat(bans.list()).isEqualTo(before).hasSize(3);
        assertThat(bans.list().getFirst())
                .isEqualTo(new Ban(BanKind.CLIENT_ID, "lämp\n\"\\", "ada", "for a test", BEGIN, null));
        assertThat(banned("tmp", "tmp-7", "198.51.100.1")).isTrue();
        assertThat(data).isDirectoryContaining("glob:**bans.json").isDirectoryNotContaining("glob:**.tmp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"bans\":[{}]}",
                "{\"bans\":[{\"kind\":\"client-id\",\"value\":\"a\",\"at\":\"yesterday\"}]}",
                "{\"bans\":[{\"kind\":\"shoe-size\",\"value\":\"a\",\"at\":\"2026-11-22T06:00:00Z\"}]}",
                "{\"bans\":[{\"kind\":\"address\",\"value\":\"localhost\",\"at\":\"2026-11-22T06:00:00Z\"}]}",
                "{\"bans\":[{\"kind\":\"username\",\"value\":7,\"at\":\"2026-11-22T06:00:00Z\"}]}",
                "{\"bans\":[",
            })
    void doesNotBeginWhenItCannotKnowWhoIsBanned(String content) throws IOException {
        Files.writeString(data.resolve("bans.json"), content);

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bans.json cannot be read")
                .hasMessageContaining("correct it, or move it away");
    }

    @Test
    void bansUntilTheEndWhenTheFileCannotBeWritten() throws IOException {
        Files.createDirectories(data.resolve("bans.json").resolve("in the way"));

        BanOutcome outcome = ban(BanKind.CLIENT_ID, "lamp");

        assertThat(outcome).isInstanceOf(BanOutcome.Done.class);
        assertThat(outcome.sentence()).contains("only until the broker ends");
        assertThat(banned("lamp", null, "192.0.2.7")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ADDRESS, localhost",
        "ADDRESS, 192.0.2.1/24",
        "ADDRESS, 192.0.2.1/33",
        "CLIENT_ID_RE, (",
        "CLIENT_ID_RE, (?=a)",
        "CLIENT_ID_RE, (a{1000}){1000}",
        "USERNAME_RE, a{99999999999}",
        "IDENTITY, lamp",
        "CLIENT_ID, ''",
    })
    void refusesWhatIsNoBan(BanKind kind, String value) {
        assertThat(ban(kind, value)).isInstanceOf(BanOutcome.Refused.class);
        assertThat(bans.list()).isEmpty();
    }

    @Test
    void refusesABanThatIsOver() {
        assertThat(bans.add(BanKind.CLIENT_ID, "lamp", "ada", "", now)).isInstanceOf(BanOutcome.Refused.class);
    }

    @Test
    void refusesMoreExpressionsThanALaneCanAffordAndKeepsWhatItHas() {
        int accepted = 0;
        while (ban(BanKind.CLIENT_ID_RE, "[a-z]{200}" + accepted) instanceof BanOutcome.Done) {
            accepted++;
        }

        assertThat(accepted).isBetween(5, 12);
        assertThat(bans.list()).hasSize(accepted);
        assertThat(bans.index().holds(InetAddress.ofLiteral("192.0.2.7"))).isFalse();
    }

    @Test
    void replacesAnEarlierBanOfTheSame() {
        bans.add(BanKind.ADDRESS, "::ffff:192.0.2.7", "ada", "first", null);
        bans.add(BanKind.ADDRESS, "192.0.2.7", "bob", "second", now.plusSeconds(60));

        assertThat(bans.list()).singleElement().extracting(Ban::reason).isEqualTo("second");
        assertThat(bans.remove(BanKind.ADDRESS, "192.0.2.7/32")).isInstanceOf(BanOutcome.Done.class);
        assertThat(bans.remove(BanKind.ADDRESS, "192.0.2.7")).isInstanceOf(BanOutcome.NotFound.class);
        assertThat(banned("lamp", null, "192.0.2.7")).isFalse();
    }

    @Test
    void tellsWhomANewBanIsAboutAfterItIsInForce() {
        List<Boolean> told = new ArrayList<>();
        bans.addListener(whom -> {
            told.add(banned("lamp", null, "192.0.2.7"));
            told.add(whom.test(new Client(
                    "lamp",
                    null,
                    MqttVersion.V5,
                    new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 1),
                    "tcp.test",
                    List.of(),
                    Map.of(),
                    false)));
        });
        ban(BanKind.CLIENT_ID, "pump");
        ban(BanKind.CLIENT_ID, "lamp");

        assertThat(told).containsExactly(false, false, true, true);
    }
}
