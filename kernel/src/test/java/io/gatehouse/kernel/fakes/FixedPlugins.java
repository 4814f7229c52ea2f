package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.payload.ConnectChain;
import io.gatehouse.kernel.payload.DeliveryChain;
import io.gatehouse.kernel.payload.PublishChain;
import io.gatehouse.kernel.payload.SubscribeChain;
import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.AuthenticationChain;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.event.ClientListener;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.intercept.ConnectInterceptor;
import io.gatehouse.sdk.intercept.DeliveryInterceptor;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.SubscribeInterceptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Plugins without a framework: what the test puts in is there. At first everybody may connect and do everything. */
public final class FixedPlugins implements Plugins {
    private Duration deadline = Duration.ofSeconds(10);

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger leases = new AtomicInteger();
    private List<Gate<Object>> authentication =
            List.of(Gate.of("auth-test", (Authenticator) request -> AuthResult.accept(), true));
    private List<Gate<Authorizer>> authorization =
            List.of(Gate.of("authz-test", (client, action) -> Decision.ALLOW, false));
    private List<Gate<ConnectInterceptor>> connect = List.of();
    private List<Gate<PublishInterceptor>> publish = List.of();
    private List<Gate<SubscribeInterceptor>> subscribe = List.of();
    private List<Gate<DeliveryInterceptor>> delivery = List.of();
    private List<Gate<ClientListener>> clientListeners = List.of();
    private List<Gate<MessageListener>> messageListeners = List.of();
    private volatile PluginSnapshot snapshot = make(1);
    private volatile int failures;

    /** How long each call may take from now on; 10 s at first. */
    public FixedPlugins deadline(Duration replacement) {
        deadline = replacement;
        return changed();
    }

    public FixedPlugins authentication(Gate<Object> gate) {
        authentication = List.of(gate);
        return changed();
    }

    public FixedPlugins authenticator(Authenticator authenticator) {
        return authentication(Gate.of("auth-test", authenticator, true));
    }

    public FixedPlugins authorization(Gate<Authorizer> gate) {
        authorization = List.of(gate);
        return changed();
    }

    public FixedPlugins authorizer(Authorizer authorizer) {
        return authorization(Gate.of("authz-test", authorizer, false));
    }

    public FixedPlugins connect(Gate<ConnectInterceptor> gate) {
        connect = List.of(gate);
        return changed();
    }

    public FixedPlugins publish(Gate<PublishInterceptor> gate) {
        publish = List.of(gate);
        return changed();
    }

    public FixedPlugins subscribe(Gate<SubscribeInterceptor> gate) {
        subscribe = List.of(gate);
        return changed();
    }

    public FixedPlugins delivery(Gate<DeliveryInterceptor> gate) {
        delivery = List.of(gate);
        return changed();
    }

    public FixedPlugins listener(ClientListener listener) {
        clientListeners = List.of(Gate.of("listener-test", listener, false));
        return changed();
    }

    public FixedPlugins listener(MessageListener listener) {
        messageListeners = List.of(Gate.of("listener-test", listener, false));
        return changed();
    }

    /** So many questions that virtual threads ask from now on end with an error, as when there are no more threads. */
    public FixedPlugins failing(int times) {
        failures = times;
        return this;
    }

    /** How many leases are held. */
    public int leases() {
        return leases.get();
    }

    private FixedPlugins changed() {
        synchronized (this) {
            snapshot = make(snapshot.generation() + 1);
            notifyAll();
        }
        listeners.forEach(Runnable::run);
        return this;
    }

    private PluginSnapshot make(long generation) {
        return new PluginSnapshot(
                generation,
                new AuthenticationChain(authentication, deadline),
                new AuthorizationChain(authorization, false, deadline),
                new ConnectChain(connect, deadline),
                new PublishChain(publish, deadline),
                new SubscribeChain(subscribe, deadline),
                new DeliveryChain(delivery, deadline),
                clientListeners,
                messageListeners,
                Optional.empty(),
                Map.of());
    }

    @Override
    public PluginLease lease() {
        if (failures > 0 && Thread.currentThread().isVirtual()) {
            fail();
        }
        PluginSnapshot held = snapshot;
        leases.incrementAndGet();
        return new PluginLease() {
            @Override
            public PluginSnapshot snapshot() {
                return held;
            }

            @Override
            public void close() {
                leases.decrementAndGet();
            }
        };
    }

    private synchronized void fail() {
        if (failures > 0) {
            failures--;
            throw new LinkageError("for a test");
        }
    }

    @Override
    public PluginSnapshot current() {
        return snapshot;
    }

    @Override
    public synchronized boolean awaitChange(long generation, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toNanos();
                snapshot.generation() == generation && left > 0;
                left = end - System.nanoTime()) {
            wait(Math.max(1, Duration.ofNanos(left).toMillis()));
        }
        return snapshot.generation() != generation;
    }

    @Override
    public List<ModuleInfo> modules() {
        return List.of();
    }

    @Override
    public void addChangeListener(Runnable listener) {
        listeners.add(listener);
    }
}
