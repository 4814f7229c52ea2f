package io.gatehouse.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.Cidr;
import io.gatehouse.kernel.config.FlappingConfig;
import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.config.RatesConfig;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FlappingTest {
    private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress AWAY = InetAddress.ofLiteral("198.51.100.9");

    private Instant now = Instant.parse("2026-11-22T06:00:00Z");
    private FlappingConfig config = config(true, List.of());
    private final Guard guard = new Guard(
            () -> new GuardConfig(
                    1_000,
                    RatesConfig.UNLIMITED,
                    RatesConfig.UNLIMITED,
                    RatesConfig.UNLIMITED,
                    Duration.ofSeconds(10),
                    config),
            Bans.inMemory(),
            1,
            () -> now,
            () -> 0);

    private static FlappingConfig config(boolean enabled, List<Cidr> exempt) {
        return new FlappingConfig(enabled, 3, Duration.ofMinutes(1), Duration.ofMinutes(5), exempt);
    }

    private static Client client(String clientId, @Nullable String username, InetAddress at) {
        return new Client(
                clientId,
                username,
                MqttVersion.V5,
                new InetSocketAddress(at, 4711),
                "tcp.test",
                List.of(),
                Map.of(),
                false);
    }

    private void leave(InetAddress peer, int times) {
        for (int i = 0; i < times; i++) {
            guard.left(peer, ReasonCode.UNSPECIFIED_ERROR);
        }
    }

    private void leave(Client client, int times) {
        for (int i = 0; i < times; i++) {
            guard.left(client, ReasonCode.SUCCESS);
        }
    }

    @Test
    void keepsAStrangersAddressAwayForAWhile() {
        leave(HOME, 2);
        assertThat(guard.admits(HOME)).isTrue();
        leave(HOME, 1);

        assertThat(guard.admits(HOME)).isFalse();
        assertThat(guard.admits(AWAY)).isTrue();
        assertThat(guard.administration().list(10))
                .containsExactly(new Ban(
                        BanKind.ADDRESS,
                        "192.0.2.1",
                        "flapping",
                        "3 disconnects in 60 s",
                        now,
                        now.plus(Duration.ofMinutes(5))));
        now = now.plus(Duration.ofMinutes(5));
        assertThat(guard.admits(HOME)).isTrue();
        assertThat(guard.report().flappingBans()).isZero();
    }

    @Test
    void beginsToCountAnewAfterTheWindow() {
        leave(HOME, 2);
        now = now.plus(Duration.ofMinutes(1));
        leave(HOME, 2);

        assertThat(guard.admits(HOME)).isTrue();
    }

    @Test
    void keepsAClientAwayAndNobodyElse() {
        Client flapping = client("lamp", "ada", HOME);
        leave(flapping, 3);

        assertThat(guard.refuses(flapping)).isTrue();
        assertThat(guard.admits(HOME)).as("others behind the same address").isTrue();
        assertThat(guard.refuses(client("lamp", "bob", HOME))).isFalse();
        assertThat(guard.refuses(client("lamp", null, HOME))).isFalse();
        assertThat(guard.refuses(client("pump", "ada", HOME))).isFalse();
        assertThat(guard.refuses(client("lamp", "ada", AWAY))).isFalse();
        assertThat(guard.administration().list(10))
                .singleElement()
                .satisfies(ban -> assertThat(ban.value()).isEqualTo("lamp of user ada at 192.0.2.1"));
    }

    /** Neither one who was never let in, nor one who was let in as somebody else, nor one who needs no password elsewhere. */
    @Test
    void nobodyGetsSomebodyElsesClientIdentifierBanned() {
        Client victim = client("lamp", "ada", HOME);

        leave(AWAY, 10);
        leave(client("lamp", "mallory", AWAY), 10);
        leave(client("lamp", "ada", AWAY), 10);
        for (int i = 0; i < 10; i++) {
            guard.left(victim, ReasonCode.SESSION_TAKEN_OVER);
            guard.takenOver(victim, client("lamp", "mallory", AWAY));
        }

        assertThat(guard.refusesClaim(victim)).isFalse();
        assertThat(guard.refuses(victim)).isFalse();
        assertThat(guard.admits(HOME)).isTrue();
    }

    @Test
    void countsAFightOfTwoWithTheSameIdentity() {
        Client one = client("lamp", "ada", HOME);
        for (int i = 0; i < 3; i++) {
            guard.takenOver(one, client("lamp", "ada", HOME));
        }

        assertThat(guard.refuses(one)).isTrue();
    }

    @Test
    void doesNotCountWhatTheBrokerDid() {
        for (ReasonCode reason : List.of(
                ReasonCode.SERVER_UNAVAILABLE,
                ReasonCode.SERVER_BUSY,
                ReasonCode.SERVER_SHUTTING_DOWN,
                ReasonCode.ADMINISTRATIVE_ACTION,
                ReasonCode.QUOTA_EXCEEDED,
                ReasonCode.BANNED)) {
            guard.left(HOME, reason);
            guard.left(client("lamp", "ada", HOME), reason);
        }

        assertThat(guard.admits(HOME)).isTrue();
        assertThat(guard.refuses(client("lamp", "ada", HOME))).isFalse();
    }

    @Test
    void sparesExemptAddresses() {
        config = config(true, List.of(Cidr.parse("192.0.2.0/24").orElseThrow()));
        leave(HOME, 10);
        leave(client("lamp", "ada", HOME), 10);
        leave(AWAY, 10);

        assertThat(guard.admits(HOME)).isTrue();
        assertThat(guard.refuses(client("lamp", "ada", HOME))).isFalse();
        assertThat(guard.admits(AWAY)).isFalse();
    }

    @Test
    void doesNothingUnlessEnabled() {
        config = config(false, List.of());
        leave(HOME, 100);
        assertThat(guard.admits(HOME)).isTrue();

        config = config(true, List.of());
        leave(HOME, 3);
        assertThat(guard.admits(HOME)).isFalse();
        config = config(false, List.of());
        assertThat(guard.admits(HOME)).as("switched off").isTrue();
    }

    @Test
    void anOperatorLetsThemBackIn() {
        leave(HOME, 3);
        leave(client("lamp", "ada", HOME), 3);
        leave(client("pump", "bob", HOME), 3);
        BanAdministration bans = guard.administration();

        assertThat(bans.remove("address", "192.0.2.0/24")).isInstanceOf(BanOutcome.Done.class);
        assertThat(bans.remove("client-id", "lamp")).isInstanceOf(BanOutcome.Done.class);
        assertThat(bans.remove("username", "bob")).isInstanceOf(BanOutcome.Done.class);
        assertThat(bans.remove("username", "bob")).isInstanceOf(BanOutcome.NotFound.class);

        assertThat(guard.admits(HOME)).isTrue();
        assertThat(guard.refuses(client("lamp", "ada", HOME))).isFalse();
        assertThat(bans.list(10)).isEmpty();
    }

    @Test
    void remembersABoundedNumberOfStrangersAndStillCatchesTheOneWhoFlapsNow() {
        for (int i = 0; i < 200_000; i++) {
            guard.left(address(i), ReasonCode.UNSPECIFIED_ERROR);
        }
        leave(HOME, 3);

        assertThat(guard.admits(HOME)).isFalse();
    }

    private static InetAddress address(int number) {
        return InetAddress.ofLiteral("10." + (number >> 16) + "." + ((number >> 8) & 255) + "." + (number & 255));
    }
}
