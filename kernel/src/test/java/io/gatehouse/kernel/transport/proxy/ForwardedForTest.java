package io.gatehouse.kernel.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.Cidr;
import io.gatehouse.kernel.config.ProxyConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedForTest {
    private static final ProxyConfig PROXIES = new ProxyConfig(
            false,
            Duration.ofSeconds(3),
            Stream.of("10.0.0.0/8", "2001:db8::/32")
                    .map(block -> Cidr.parse(block).orElseThrow())
                    .toList());
    private static final InetSocketAddress PROXY = at("10.0.0.1", 40_000);
    private static final InetSocketAddress STRANGER = at("203.0.113.9", 40_000);

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    private static Optional<InetSocketAddress> origin(InetSocketAddress sender, String... headers) {
        return ForwardedFor.origin(List.of(headers), sender, PROXIES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.7|192.0.2.7|0",
                "192.0.2.7, 10.0.0.2|192.0.2.7|0",
                "6.6.6.6, 192.0.2.7,10.0.0.3 , 10.0.0.2|192.0.2.7|0",
                "unknown, , <script>, 192.0.2.7|192.0.2.7|0",
                "192.0.2.7:1234|192.0.2.7|1234",
                "[2001:db9::7]:1234, 2001:db8::2|2001:db9::7|1234",
                "[2001:db9::7]|2001:db9::7|0",
                "10.0.0.9, 10.0.0.2|10.0.0.9|0",
                "::ffff:192.0.2.7|192.0.2.7|0"
            })
    void isTheRightmostAddressThatIsNoProxy(String header, String address, int port) {
        assertThat(origin(PROXY, header)).contains(at(address, port));
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(origin(PROXY, "6.6.6.6", "192.0.2.7, 10.0.0.3", "10.0.0.2")).contains(at("192.0.2.7", 0));
    }

    @Test
    void nobodyElseMaySpeakForOthers() {
        assertThat(origin(STRANGER, "192.0.2.7")).contains(STRANGER);
        assertThat(origin(STRANGER, "nonsense")).contains(STRANGER);
    }

    @Test
    void aProxyThatSaysNothingSpeaksForItself() {
        assertThat(origin(PROXY)).contains(PROXY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "192.0.2.7,",
                "192.0.2.7, unknown, 10.0.0.2",
                "192.0.2",
                "192.0.2.7:",
                "192.0.2.7:65536",
                "192.0.2.7:1:2",
                "[192.0.2.7]",
                "[2001:db9::7",
                "[2001:db9::7]x",
                "[2001:db9::7]:",
                "example.org",
                "::1%lo"
            })
    void whatIsNoAddressIsRefused(String header) {
        assertThat(origin(PROXY, header)).isEmpty();
    }
}
