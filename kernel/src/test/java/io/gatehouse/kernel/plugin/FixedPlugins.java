package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.payload.ConnectChain;
import io.gatehouse.kernel.payload.DeliveryChain;
import io.gatehouse.kernel.payload.PublishChain;
import io.gatehouse.kernel.payload.SubscribeChain;
import io.gatehouse.kernel.security.AuthenticationChain;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.broker.ModuleInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongFunction;

/** Plugins without a framework, for tests of other rooms: snapshots change only when the test says so. */
public final class FixedPlugins implements Plugins {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final SnapshotHolder holder;

    /** With this snapshot, usually one of the methods below. */
    public FixedPlugins(PluginSnapshot snapshot) {
        holder = new SnapshotHolder(snapshot, Set.of());
    }

    /** Publishes another snapshot; its maker is given the generation. */
    public void change(LongFunction<PluginSnapshot> maker) {
        holder.publish(Set.of(), maker);
        listeners.forEach(Runnable::run);
    }

    /** Nobody may connect or do anything. */
    public static PluginSnapshot emptySnapshot(long generation) {
        return snapshot(
                generation,
                new AuthenticationChain(List.of(), DEADLINE),
                new AuthorizationChain(List.of(), false, DEADLINE));
    }

    /** Everybody may connect and do anything. */
    public static PluginSnapshot openSnapshot(long generation) {
        return snapshot(
                generation,
                new AuthenticationChain(List.of(Gate.of("auth-all", acceptAll(), false)), DEADLINE),
                new AuthorizationChain(List.of(), true, DEADLINE));
    }

    /** These two chains, and no interceptors or listeners. */
    public static PluginSnapshot snapshot(
            long generation, AuthenticationChain authentication, AuthorizationChain authorization) {
        return new PluginSnapshot(
                generation,
                authentication,
                authorization,
                new ConnectChain(List.of(), DEADLINE),
                new PublishChain(List.of(), DEADLINE),
                new SubscribeChain(List.of(), DEADLINE),
                new DeliveryChain(List.of(), DEADLINE),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of());
    }

    @Override
    public PluginLease lease() {
        return holder.lease();
    }

    @Override
    public PluginSnapshot current() {
        return holder.current();
    }

    @Override
    public boolean awaitChange(long generation, Duration atMost) throws InterruptedException {
        return holder.awaitChange(generation, atMost);
    }

    @Override
    public List<ModuleInfo> modules() {
        return List.of();
    }

    @Override
    public void addChangeListener(Runnable listener) {
        listeners.add(listener);
    }

    private static Object acceptAll() {
        return (Authenticator) request -> AuthResult.accept();
    }
}
