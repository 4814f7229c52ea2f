package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.payload.ConnectChain;
import io.gatehouse.kernel.payload.DeliveryChain;
import io.gatehouse.kernel.payload.PublishChain;
import io.gatehouse.kernel.payload.SubscribeChain;
import io.gatehouse.kernel.plugin.module.HeldPlugins;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.AuthenticationChain;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the gates add to a message: a lease on the snapshot, the remembered decision of the authorizers, the interceptors. With none of
 * them it is the price of their being possible.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GateBenchmark {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Param({"0", "1", "3"})
    public int interceptors;

    private MessageGate gate;
    private ClientContext context;
    private Message message;

    @Setup
    public void prepare() {
        TestBroker broker = new TestBroker();
        context = broker.connect(TestClient.connect5("client", true, 0)).context;
        gate = new MessageGate(plugins(), broker.revocation, broker.settings);
        message = Message.of("site/7/device-0042/temperature", Payload.ofOwned(new byte[256]));
    }

    private Plugins plugins() {
        PublishInterceptor forward = (client, seen) -> Verdict.forward(seen);
        Authorizer everything = (client, action) -> Decision.ALLOW;
        List<Gate<PublishInterceptor>> gates = java.util.Collections.nCopies(
                interceptors, Gate.of("interceptor-test", forward, false));
        return HeldPlugins.unchanging(new PluginSnapshot(
                1,
                new AuthenticationChain(List.of(), DEADLINE),
                new AuthorizationChain(List.of(Gate.of("authz-test", everything, false)), false, DEADLINE),
                new ConnectChain(List.of(), DEADLINE),
                new PublishChain(gates, DEADLINE),
                new SubscribeChain(List.of(), DEADLINE),
                new DeliveryChain(List.of(), DEADLINE),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of()));
    }

    @Benchmark
    public Admission judge() {
        return gate.onLane(context, message);
    }
}
