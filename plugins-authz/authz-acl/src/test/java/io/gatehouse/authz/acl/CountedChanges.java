package io.gatehouse.authz.acl;

import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.mqtt.Client;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Counts what is announced, and fails on demand. */
final class CountedChanges implements PolicyChanges {
    private final AtomicInteger forAll = new AtomicInteger();
    private volatile boolean failing;

    int forAll() {
        return forAll.get();
    }

    void failing(boolean now) {
        failing = now;
    }

    @Override
    public void changedForAll() {
        if (failing) {
            throw new IllegalStateException("told to fail");
        }
        forAll.incrementAndGet();
    }

    @Override
    public void changedFor(Predicate<Client> affected) {
        throw new AssertionError("an edit concerns everybody");
    }

    @Override
    public void revoked(Predicate<Client> revoked) {
        throw new AssertionError("an edit revokes nobody");
    }
}
