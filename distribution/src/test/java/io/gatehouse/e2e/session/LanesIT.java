package io.gatehouse.e2e.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Enough clients for both lanes of the broker to have some: what they exchange crosses from one to the other. */
class LanesIT {
    private static final int CLIENTS = 8;
    private static final int MESSAGES = 200;

    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.standard();

    private static WireClient connect(ConnectPacket connect) {
        return WireClient.connect(BROKER.port(), connect);
    }

    @Test
    void everySubscriberGetsEachPublishersMessagesInOrder() throws Exception {
        List<WireClient> subscribers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            subscribers.add(connect(new ConnectPacket("order-sub-" + i)).subscribe("order/+", Qos.AT_LEAST_ONCE));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<List<String>>>> reading = new ArrayList<>();
            subscribers.forEach(one -> reading.add(threads.submit(() -> readByPublisher(one))));
            for (int i = 0; i < CLIENTS; i++) {
                int publisher = i;
                threads.execute(() -> publishInOrder(publisher));
            }
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                expected.add(Integer.toString(i));
            }
            for (Future<List<List<String>>> one : reading) {
                assertThat(one.get())
                        .hasSize(CLIENTS)
                        .allSatisfy(texts -> assertThat(texts).isEqualTo(expected));
            }
        } finally {
            subscribers.forEach(WireClient::close);
        }
    }

    private static void publishInOrder(int publisher) {
        try (WireClient client = connect(new ConnectPacket("order-pub-" + publisher))) {
            for (int i = 0; i < MESSAGES; i++) {
                client.publish("order/" + publisher, Integer.toString(i), Qos.of(i % 2));
            }
            client.disconnect();
        }
    }

    /** What arrived from each publisher, in the order of arrival. */
    private static List<List<String>> readByPublisher(WireClient client) {
        List<List<String>> texts = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            texts.add(new ArrayList<>());
        }
        for (int i = 0; i < CLIENTS * MESSAGES; i++) {
            Publish publish = client.next();
            int publisher = Integer.parseInt(publish.message().topic().substring("order/".length()));
            texts.get(publisher).add(publish.message().payload().asUtf8());
        }
        return texts;
    }

    @Test
    void qos2ArrivesExactlyOnceAlthoughBothEndsAreCutAgainAndAgain() {
        ConnectPacket subscribing = new ConnectPacket("once-sub").session(3_600);
        connect(subscribing).subscribe("once", Qos.EXACTLY_ONCE).close();
        List<String> sent = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            sent.add("message " + i);
            publishCutting(i);
        }
        List<String> got = new ArrayList<>();
        while (got.size() < sent.size()) {
            got.addAll(receiveCutting(subscribing, got.size()));
        }
        assertThat(got).isEqualTo(sent);
        try (WireClient last = connect(subscribing)) {
            last.ping();
        }
    }

    /** The connection is lost after PUBLISH or after PUBREC; then the client goes on where it was. */
    private static void publishCutting(int id) {
        ConnectPacket publishing = new ConnectPacket("once-pub").session(3_600);
        Publish first =
                new Publish(WireClient.message("once", "message " + id, Qos.EXACTLY_ONCE), false, id, 0, List.of());
        try (WireClient client = connect(publishing)) {
            client.send(first);
            if (id % 2 == 0) {
                client.receive(PubRec.class);
            }
        }
        try (WireClient client = connect(publishing)) {
            client.send(new Publish(first.message(), true, id, 0, List.of())).receive(PubRec.class);
            client.send(new PubRel(id)).receive(PubComp.class);
        }
    }

    /** Takes at most three messages and loses the connection in the middle of the third. */
    private static List<String> receiveCutting(ConnectPacket subscribing, int before) {
        List<String> got = new ArrayList<>();
        try (WireClient client = connect(subscribing)) {
            got.add(client.nextText());
            if (before + got.size() < 20) {
                got.add(client.nextText());
            }
            if (before + got.size() < 20) {
                client.receive(Publish.class); // not acknowledged: comes again
            }
        }
        return got;
    }
}
