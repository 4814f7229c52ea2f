package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:1883,127.0.0.1,1883",
        "[::]:0,::,0",
        "[2001:DB8::1]:65535,2001:db8::1,65535",
        "[fe80::1%eth0]:1883,fe80::1%eth0,1883",
        "Broker-1.example.org:1883,broker-1.example.org,1883"
    })
    void readsAddresses(String text, String host, int port) {
        assertThat(BindAddress.parse(text)).contains(new BindAddress(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1883",
                ":1883",
                "a",
                "a:",
                "a:b",
                "a:-1",
                "a:+1",
                "a:65536",
                "a:001883",
                "300.0.0.1:1",
                "1.2.3:1",
                "1:1",
                "::1:1883",
                "[::1]",
                "[::1:1883",
                "[1.2.3.4]:1",
                "[::g]:1",
                "[]:1",
                "[[::1]]:1",
                "*:1883",
                "a b:1",
                "-a:1",
                "a/b:1"
            })
    void refusesOthers(String text) {
        assertThat(BindAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:1,127.0.0.1:1,true",
        "127.0.0.1:1,127.0.0.1:2,false",
        "127.0.0.1:0,127.0.0.1:0,false",
        "127.0.0.1:1,127.0.0.2:1,false",
        "localhost:1,127.0.0.1:1,true",
        "0.0.0.0:1,127.0.0.1:1,true",
        "0.0.0.0:1,[::1]:1,false",
        "[::]:1,[::1]:1,true",
        "[::]:1,127.0.0.1:1,true",
        "[0:0::1]:1,[::1]:1,true"
    })
    void knowsWhatCannotStandBesideAnother(String a, String b, boolean collides) {
        BindAddress first = BindAddress.parse(a).orElseThrow();
        BindAddress second = BindAddress.parse(b).orElseThrow();

        assertThat(first.collidesWith(second)).isEqualTo(collides);
        assertThat(second.collidesWith(first)).isEqualTo(collides);
    }
}
