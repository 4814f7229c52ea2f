package io.gatehouse.e2e.bounds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Connects again and again and sends what is no MQTT, or not at this point, until the broker closes the connection. */
final class MalformedFlood implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final List<String> FIRST = List.of(
            "00", // no such packet
            "1f00", // CONNECT with flags
            "10ffffffff7f", // a length in five bytes
            "10ffffff7f", // CONNECT of 256 MiB
            "300500016178", // PUBLISH before CONNECT
            "100c00044d5154540502000000fffe", // a client identifier that ends beyond the packet
            "100d00044d515454050200000000", // the same packet, one byte short: never complete
            "474554202f20485454502f312e310d0a0d0a"); // GET / HTTP/1.1

    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    MalformedFlood(int port) {
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            threads.add(Thread.ofPlatform().daemon().start(() -> flood(port, new Random(seed))));
        }
    }

    private void flood(int port, Random random) {
        while (!over) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getOutputStream().write(bytes(random));
                socket.shutdownOutput();
                sent.incrementAndGet();
                if (socket.getInputStream().skip(Long.MAX_VALUE) > 100) {
                    served.incrementAndGet();
                }
            } catch (IOException e) {
                // closed while it was written to: as good an answer as any
            }
        }
    }

    private static byte[] bytes(Random random) {
        if (random.nextBoolean()) {
            return HexFormat.of().parseHex(FIRST.get(random.nextInt(FIRST.size())));
        }
        byte[] noise = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(noise);
        return noise;
    }

    /** How many connections have sent something. */
    int sent() {
        return sent.get();
    }

    /** How many of them got more than a few bytes for it. */
    int served() {
        return served.get();
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
