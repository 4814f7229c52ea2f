package io.gatehouse.kernel.bench;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all workers of one run have in common. Immutable but for the deliveries, which any thread may count.
 *
 * @param mark tells this run's messages from those of others, 0 to 255
 * @param began the time before the first message
 * @param deliveries what has arrived of each publisher's messages; null when nobody waits for that
 */
record RunContext(
        BenchPlan plan,
        Clock clock,
        int mark,
        long began,
        InetSocketAddress remote,
        List<InetAddress> local,
        Optional<TlsClient> tls,
        @Nullable Deliveries deliveries) {

    /** The same with another plan. */
    RunContext with(BenchPlan other) {
        return new RunContext(other, clock, mark, began, remote, local, tls, null);
    }

    /** The CONNECT of a client. */
    Connect connect(String clientId) {
        BenchPlan.Identity identity = plan.identity();
        ConnectProperties none = ConnectProperties.DEFAULTS;
        ConnectProperties properties = new ConnectProperties(
                identity.sessionExpirySeconds(),
                none.receiveMaximum(),
                none.maximumPacketSize(),
                none.topicAliasMaximum(),
                none.requestResponseInformation(),
                none.requestProblemInformation(),
                none.userProperties(),
                null,
                null);
        return new Connect(
                identity.version(),
                identity.cleanStart(),
                identity.keepAliveSeconds(),
                clientId,
                identity.username(),
                identity.password(),
                null,
                properties);
    }
}
