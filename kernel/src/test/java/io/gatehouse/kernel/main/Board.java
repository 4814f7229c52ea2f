package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.PluginJar;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Where a test and its plugin leave each other things: words that the plugin says, gates at which it waits, facts that it looks up and
 * abilities that it offers. The two share no class but those of Java, so the things lie in the system properties, under a name that
 * the plugin is compiled with.
 */
final class Board implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final String key = "gatehouse.test." + UUID.randomUUID();
    private final Map<String, Object> things = new ConcurrentHashMap<>();

    Board() {
        System.getProperties().put(key, things);
    }

    /** A plugin that knows the board, with the module {@code auth-all}, which lets everybody in. */
    PluginJar plugin(String symbolicName) {
        return new PluginJar(symbolicName).source("Board", """
                        import java.util.concurrent.*; import java.util.function.*;
                        @SuppressWarnings("unchecked")
                        final class Board {
                          static Map<String, Object> things() {
                            return (Map<String, Object>) System.getProperties().get("%s"); }
                          static void say(String queue, String word) {
                            ((Queue<String>) things().computeIfAbsent(queue, _ -> new LinkedBlockingQueue<String>())).add(word); }
                          static void await(String gate) throws InterruptedException {
                            ((CountDownLatch) things().computeIfAbsent(gate, _ -> new CountDownLatch(1))).await(); }
                          static String fact(String name) { return (String) things().getOrDefault(name, ""); }
                          static void offer(String name, UnaryOperator<String> ability) { things().put(name, ability); }
                        }
                        """.formatted(key)).source("Everybody", """
                        @Component(name = "auth-all") public class Everybody implements Authenticator {
                          public AuthResult authenticate(ConnectRequest request) { return AuthResult.accept(); } }
                        """);
    }

    /** The next word that the plugin says in this queue; waits for it. */
    String heard(String queue) throws InterruptedException {
        String word = words(queue).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(word).as("a word in " + queue).isNotNull();
        return Objects.requireNonNull(word);
    }

    /** What the plugin has said in this queue and nobody has heard yet. */
    @SuppressWarnings("unchecked") // the plugin's side puts nothing else there
    BlockingQueue<String> words(String queue) {
        return (BlockingQueue<String>) things.computeIfAbsent(queue, _ -> new LinkedBlockingQueue<String>());
    }

    /** Lets the plugin pass this gate, now and later. */
    void open(String gate) {
        ((CountDownLatch) things.computeIfAbsent(gate, _ -> new CountDownLatch(1))).countDown();
    }

    void fact(String name, String value) {
        things.put(name, value);
    }

    /** Uses an ability that the plugin has offered. */
    @SuppressWarnings("unchecked") // the plugin's side puts nothing else there
    String use(String ability, String argument) {
        Object offered = things.get(ability);
        assertThat(offered).as("the ability " + ability).isNotNull();
        return ((UnaryOperator<String>) Objects.requireNonNull(offered)).apply(argument);
    }

    @Override
    public void close() {
        System.getProperties().remove(key);
    }
}
