package io.gatehouse.auth.builtin.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The right of one version of this module to open the store's file, among all versions in this process.
 *
 * <p>While a module is upgraded both versions live side by side, and the new one has to wait until the old one has let go. The lock on the
 * file cannot say so: on POSIX systems, closing the second attempt to open a file drops the lock of the first. Both versions have class
 * loaders of their own, so the claim is a system property. Other processes are kept away by the lock on the file.
 */
final class StoreClaim implements AutoCloseable {
    private static final String PREFIX = "gatehouse.auth-builtin.open.";

    private final String property;

    private StoreClaim(String property) {
        this.property = property;
    }

    /** Takes the claim; empty while somebody else in this process has it. */
    static Optional<StoreClaim> tryTake(Path file) {
        String property = PREFIX + file.toAbsolutePath().normalize();
        boolean free = System.getProperties().putIfAbsent(property, "true") == null;
        return free ? Optional.of(new StoreClaim(property)) : Optional.empty();
    }

    @Override
    public void close() {
        System.clearProperty(property);
    }
}
