package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.BrokerCore;
import io.gatehouse.kernel.broker.Lanes;
import io.gatehouse.kernel.broker.Settings;
import io.gatehouse.kernel.codec.DecoderLimits;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.payload.ConnectChain;
import io.gatehouse.kernel.payload.DeliveryChain;
import io.gatehouse.kernel.payload.PublishChain;
import io.gatehouse.kernel.payload.SubscribeChain;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.module.HeldPlugins;
import io.gatehouse.kernel.security.AuthenticationChain;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.DeliveryInterceptor;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalIoHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole broker but the network: real connections on one lane, which is the thread that made it and does its work in {@link #run()}.
 * What clients send is handed to their connections, what the broker writes is looked at and let go. For measurements.
 */
final class EmbeddedBroker {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    final BrokerCore core;
    final EventLoopLane lane;
    private final ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), LocalIoHandler.newFactory());

    /** With interceptors, or with none. An authorizer permits everything. */
    EmbeddedBroker(List<PublishInterceptor> publish, List<DeliveryInterceptor> delivery) {
        lane = new EventLoopLane(0, loop);
        Settings settings = new Settings(TestConfigs.of(TestConfigs.mqtt(1_000, 1_000, 10_000)));
        core = BrokerCore.wire(
                new Lanes(List.of(lane)),
                HeldPlugins.unchanging(snapshot(gates(publish), gates(delivery))),
                new LiveRevocation(),
                settings);
    }

    private static <T> List<Gate<T>> gates(List<T> services) {
        return services.stream()
                .map(service -> Gate.of("interceptor-test", service, false))
                .toList();
    }

    private static PluginSnapshot snapshot(
            List<Gate<PublishInterceptor>> publish, List<Gate<DeliveryInterceptor>> delivery) {
        Authenticator everybody = request -> AuthResult.accept();
        Authorizer everything = (client, action) -> Decision.ALLOW;
        return new PluginSnapshot(
                1,
                new AuthenticationChain(List.of(Gate.of("auth-test", (Object) everybody, false)), DEADLINE),
                new AuthorizationChain(List.of(Gate.of("authz-test", everything, false)), false, DEADLINE),
                new ConnectChain(List.of(), DEADLINE),
                new PublishChain(publish, DEADLINE),
                new SubscribeChain(List.of(), DEADLINE),
                new DeliveryChain(delivery, DEADLINE),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of());
    }

    /** A client whose CONNECT has been accepted. */
    EmbeddedClient connect(MqttVersion version, String clientId) {
        EmbeddedClient client = new EmbeddedClient(this, version);
        client.connect(clientId);
        return client;
    }

    /** A connection with these buffers on which nothing has arrived yet, behind these handlers. */
    EmbeddedChannel open(ByteBufAllocator buffers, ChannelHandler... before) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(buffers);
        channel.pipeline().addLast(before);
        Connection connection = new Connection(
                channel,
                EmbeddedClient.PEER,
                "tcp.test",
                "",
                DecoderLimits.ofPacketSize(1 << 20),
                lane,
                core.dispatcher());
        channel.pipeline().addLast(connection);
        connection.expectConnectWithin(Duration.ofMinutes(1));
        return channel;
    }

    /** Does everything there is to do on the lane: the end of the round in which something was read. */
    void run() {
        loop.runNow();
    }
}
