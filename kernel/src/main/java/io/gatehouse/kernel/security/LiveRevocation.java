package io.gatehouse.kernel.security;

import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.mqtt.Client;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Carries the policy changes that plugins announce into the kernel. The generation grows before the listeners hear of a change, so
 * that what they judge again cannot be answered from a {@link DecisionCache} of before. Any thread.
 */
public final class LiveRevocation implements PolicyChanges {
    private final AtomicLong generation = new AtomicLong();
    private final AtomicLong revocations = new AtomicLong();
    private final List<PolicyListener> listeners = new CopyOnWriteArrayList<>();

    /** How many changes there were; part of what a remembered decision depends on. */
    public long generation() {
        return generation.get();
    }

    /** How many of the changes disconnected clients; who authenticates a client while this grows has to do it again. */
    public long revocations() {
        return revocations.get();
    }

    /** Adds somebody who acts on changes; to be called while the broker is wired, before any plugin runs. */
    public void addListener(PolicyListener listener) {
        listeners.add(listener);
    }

    @Override
    public void changedForAll() {
        changedFor(client -> true);
    }

    @Override
    public void changedFor(Predicate<Client> affected) {
        Predicate<Client> safe = trueWhenItThrows(affected);
        generation.incrementAndGet();
        listeners.forEach(listener -> listener.changedFor(safe));
    }

    @Override
    public void revoked(Predicate<Client> revoked) {
        Predicate<Client> safe = trueWhenItThrows(revoked);
        generation.incrementAndGet();
        revocations.incrementAndGet();
        listeners.forEach(listener -> listener.revoked(safe));
    }

    /** The safe side: a client too many is judged again or disconnected, never one too few. */
    private static Predicate<Client> trueWhenItThrows(Predicate<Client> predicate) {
        return client -> {
            try {
                return predicate.test(client);
            } catch (Throwable thrown) {
                return true;
            }
        };
    }
}
