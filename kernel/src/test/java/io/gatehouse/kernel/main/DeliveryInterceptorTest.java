package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a delivery interceptor makes of a message is what this one subscriber gets. */
class DeliveryInterceptorTest {
    private static final String NAMED = RunningGatehouse.OPEN + "interceptors.delivery = [addresser]";

    private final Board board = new Board();

    @TempDir
    Path home;

    @AfterEach
    void closeBoard() {
        board.close();
    }

    private PluginJar plugin() {
        return board.plugin("acme.delivery").source("Addresser", """
            @Component(name = "addresser") public class Addresser implements DeliveryInterceptor {
              public Verdict<Message> onDeliver(Client subscriber, Message message) {
                String text = message.payload().asUtf8() + " for " + subscriber.clientId();
                return switch (subscriber.clientId() + " " + message.topic()) {
                  case "deaf private" -> Verdict.drop();
                  case "barred private" -> Verdict.reject(ReasonCode.NOT_AUTHORIZED, "for a test");
                  case "unlucky private" -> throw new IllegalStateException("for a test");
                  case "nobody private" -> null;
                  case "misled private" -> Verdict.forward(message.withTopic("public"));
                  default -> Verdict.forward(message.withPayload(Payload.ofUtf8(text))); }; } }
            """);
    }

    @Test
    void rewritesWhatEachSubscriberGets() throws IOException, StartFailure {
        try (RunningGatehouse gatehouse = new RunningGatehouse(home, NAMED, plugin());
                TestClient one = gatehouse.connected("one");
                TestClient two = gatehouse.connected("two");
                TestClient publisher = gatehouse.connected("publisher")) {
            one.subscribe("public");
            two.subscribe("public");
            publisher.publish("public", "hello");
            assertThat(one.receiveText()).isEqualTo("hello for one");
            assertThat(two.receiveText()).isEqualTo("hello for two");
        }
    }

    @Test
    void keepsAMessageFromThoseItIsNotForAndGivesThemTheNext() throws IOException, StartFailure {
        try (RunningGatehouse gatehouse = new RunningGatehouse(home, NAMED, plugin());
                TestClient publisher = gatehouse.connected("publisher")) {
            for (String name : new String[] {"deaf", "barred", "unlucky", "nobody", "misled"}) {
                try (TestClient subscriber = gatehouse.connected(name)) {
                    subscriber.subscribe("#");
                    assertThat(publisher.publish("private", "secret")).isEqualTo(ReasonCode.SUCCESS);
                    publisher.publish("public", "hello");
                    assertThat(subscriber.receiveText()).isEqualTo("hello for " + name);
                }
            }
        }
    }

    @Test
    void holdsMessagesForAnAbsentModuleUntilTheConfigurationNoLongerNamesIt() throws IOException, StartFailure {
        String absent = RunningGatehouse.OPEN + "interceptors.delivery = [nobody-yet]";
        try (RunningGatehouse gatehouse = new RunningGatehouse(home, absent, plugin());
                TestClient subscriber = gatehouse.connected("subscriber");
                TestClient publisher = gatehouse.connected("publisher")) {
            subscriber.subscribe("public");
            publisher.publish("public", "first");
            publisher.publish("public", "second");
            subscriber.ping();
            gatehouse.configure(RunningGatehouse.OPEN);
            assertThat(subscriber.receiveText()).isEqualTo("first");
            assertThat(subscriber.receiveText()).isEqualTo("second");
        }
    }
}
