package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeakedThreadsTest {
    @Test
    void findsTheThreadsThatInheritedTheLoader() throws IOException, InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            Thread leaked = Thread.ofPlatform().daemon().unstarted(() -> {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            leaked.setContextClassLoader(loader);
            leaked.start();
            assertThat(LeakedThreads.of(loader)).containsExactly(leaked);
            release.countDown();
            leaked.join();
            assertThat(LeakedThreads.of(loader)).isEmpty();
        }
    }
}
