package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.config.ListenerKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners that go to places which others leave in the same edit. */
@Timeout(60)
class ListenerMovesTest {
    private static final String HERE = "127.0.0.1";

    /** Kept for documents (RFC 5737): no machine has it. */
    private static final String NOWHERE = "192.0.2.1";

    private final NetworkBroker broker = new NetworkBroker();
    private int one;
    private int two;
    private int three;

    @BeforeEach
    void start() {
        assertThat(apply(at("one", HERE, 0), at("two", HERE, 0), at("three", HERE, 0)))
                .isEmpty();
        one = port("one");
        two = port("two");
        three = port("three");
        assertThat(apply(at("one", HERE, one), at("two", HERE, two), at("three", HERE, three)))
                .isEmpty();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static ListenerConfig at(String name, String host, int port) {
        return ListenerConfig.of(ListenerKind.TCP, name, host, port, 100);
    }

    private List<String> apply(ListenerConfig... wanted) {
        return broker.listeners.apply(
                Arrays.stream(wanted).collect(Collectors.toMap(ListenerConfig::name, Function.identity())));
    }

    private int port(String name) {
        return Objects.requireNonNull(broker.listeners.addresses().get(name)).getPort();
    }

    private WireClient client(String listener) throws IOException {
        return client(listener, "client of " + listener);
    }

    private WireClient client(String listener, String clientId) throws IOException {
        return new WireClient(
                        Objects.requireNonNull(broker.listeners.addresses().get(listener)))
                .connect(clientId, 0);
    }

    @Test
    void twoSwapTheirPortsAndTheirClientsStay() throws Exception {
        try (WireClient witness = client("one", "witness")) {
            assertThat(apply(at("one", HERE, two), at("two", HERE, one), at("three", HERE, three)))
                    .isEmpty();

            assertThat(List.of(port("one"), port("two"), port("three"))).containsExactly(two, one, three);
            client("one").close();
            client("two").close();
            witness.ping();
        }
    }

    @Test
    void threeGoRound() throws Exception {
        assertThat(apply(at("one", HERE, two), at("two", HERE, three), at("three", HERE, one)))
                .isEmpty();

        assertThat(List.of(port("one"), port("two"), port("three"))).containsExactly(two, three, one);
        client("three").close();
    }

    @Test
    void oneGoesToAnotherAddressWithTheSamePort() throws Exception {
        assertThat(apply(at("one", "0.0.0.0", one))).isEmpty();
        assertThat(apply(at("one", HERE, one))).isEmpty();

        client("one").close();
        InetSocketAddress place =
                Objects.requireNonNull(broker.listeners.addresses().get("one"));
        assertThat(place.getPort()).isEqualTo(one);
        assertThat(place.getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void aNewOneTakesThePlaceThatAnotherLeavesForOneThatIsLeftToo() throws Exception {
        assertThat(apply(at("zero", HERE, one), at("one", HERE, two), at("two", HERE, three)))
                .isEmpty();

        assertThat(List.of(port("zero"), port("one"), port("two"))).containsExactly(one, two, three);
        client("zero").close();
    }

    @Test
    void allAreWhereTheyWereWhenOneCannotGoWhereItShould() throws Exception {
        List<String> problems = apply(at("one", NOWHERE, two), at("two", HERE, one), at("three", HERE, three));

        assertThat(problems).hasSize(2);
        assertThat(problems.getFirst())
                .startsWith("listeners.one.bind: " + NOWHERE + ":" + two + " is not an address of this machine")
                .endsWith("; it listens at " + HERE + ":" + one + " as before");
        assertThat(List.of(port("one"), port("two"), port("three"))).containsExactly(one, two, three);
        client("one").close();
        client("two").close();
    }

    @Test
    void saysSoWhenTheOldPlaceIsTakenMeanwhile() throws Exception {
        List<String> problems = apply(at("one", HERE, two), at("two", NOWHERE, one), at("three", HERE, three));

        assertThat(problems)
                .singleElement(STRING)
                .endsWith("; it listens nowhere now, for its old place, " + HERE + ":" + two + ", is taken, too");
        assertThat(broker.listeners.addresses()).containsOnlyKeys("one", "three");
        client("one").close();
        assertThat(apply(at("one", HERE, one), at("two", HERE, two), at("three", HERE, three)))
                .isEmpty();
        client("two").close();
    }
}
