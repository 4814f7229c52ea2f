package io.gatehouse.e2e.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.e2e.fixture.Finished;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One Node.js process with clients of MQTT.js in it. Each line to the process is a request, each line from it an answer or a message; both
 * are JSON objects.
 */
final class MqttJs implements AutoCloseable {
    private static final Path SOURCE = Path.of("src", "test", "mqttjs");
    private static final Path TARGET = Path.of("target", "mqttjs");
    private static final int PATIENCE_SECONDS = 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final Map<Integer, Inbox> inboxes = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Process process;
    private final Writer requests;

    private MqttJs(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::read);
    }

    /** Installs MQTT.js under {@code target} unless it is there, and starts the process. */
    static MqttJs start() {
        try {
            install();
            return new MqttJs(new ProcessBuilder("node", "driver.mjs")
                    .directory(TARGET.toFile())
                    .redirectError(TARGET.resolve("driver.log").toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("Node.js is needed: apt install nodejs npm", e);
        }
    }

    private static void install() throws IOException {
        Files.createDirectories(TARGET);
        for (String name : List.of("package.json", "package-lock.json", "driver.mjs")) {
            Files.copy(SOURCE.resolve(name), TARGET.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Path installed = TARGET.resolve("installed-lock.json");
        Path wanted = TARGET.resolve("package-lock.json");
        if (Files.exists(installed) && Files.mismatch(installed, wanted) < 0) {
            return;
        }
        Finished npm = Finished.of(
                new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(TARGET.toFile()),
                "");
        if (npm.exitCode() != 0) {
            throw new AssertionError("npm could not install MQTT.js into " + TARGET + ": " + npm.err());
        }
        Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes a client and connects it. */
    Peer connect(PeerSettings settings, int level) throws Refused {
        int client = numbers.incrementAndGet();
        inboxes.put(client, new Inbox());
        ObjectNode request = request("connect", client)
                .put("port", settings.port())
                .put("webSocket", settings.webSocket())
                .put("level", level)
                .put("clientId", settings.clientId())
                .put("clean", !settings.keepSession())
                .put("expiry", settings.keepSession() ? PeerSettings.KEPT_SECONDS : 0)
                .put("username", settings.username())
                .put("password", settings.password());
        if (settings.willTopic() != null) {
            request.put("willTopic", settings.willTopic()).put("willPayload", PeerSettings.WILL_PAYLOAD);
        }
        ask(request);
        return new JsPeer(client);
    }

    private ObjectNode request(String what, int client) {
        return json.createObjectNode().put("do", what).put("client", client);
    }

    private void ask(ObjectNode request) throws Refused {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonNode> answered = new CompletableFuture<>();
        asked.put(number, answered);
        try {
            synchronized (requests) {
                requests.write(json.writeValueAsString(request.put("number", number)) + "\n");
                requests.flush();
            }
            JsonNode answer = answered.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer.has("code")) {
                throw new Refused(
                        answer.get("code").asInt(),
                        new IOException(answer.get("error").asText()));
            }
        } catch (IOException | ExecutionException | TimeoutException | InterruptedException e) {
            throw new AssertionError("MQTT.js did not answer " + request + "; see " + TARGET + "/driver.log", e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode event = json.readTree(line);
                if (event.has("number")) {
                    CompletableFuture<JsonNode> answered =
                            asked.remove(event.get("number").asInt());
                    Objects.requireNonNull(answered, line).complete(event);
                } else {
                    received(event);
                }
            }
        } catch (IOException e) {
            asked.values().forEach(answered -> answered.completeExceptionally(e));
        }
    }

    private void received(JsonNode event) {
        Inbox inbox = Objects.requireNonNull(inboxes.get(event.get("client").asInt()));
        inbox.add(new Peer.Received(
                event.get("topic").asText(),
                event.get("payload").asText(),
                event.get("qos").asInt(),
                event.get("retain").asBoolean()));
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** One client in the process. */
    private final class JsPeer implements Peer {
        private final int client;

        JsPeer(int client) {
            this.client = client;
        }

        @Override
        public void subscribe(String filter, int qos) throws Refused {
            ask(request("subscribe", client).put("filter", filter).put("qos", qos));
        }

        @Override
        public void publish(String topic, String payload, int qos, boolean retain) throws Refused {
            ask(request("publish", client)
                    .put("topic", topic)
                    .put("payload", payload)
                    .put("qos", qos)
                    .put("retain", retain));
        }

        @Override
        public Received next() {
            return Objects.requireNonNull(inboxes.get(client)).next();
        }

        @Override
        public void disconnect() {
            end("disconnect");
        }

        @Override
        public void close() {
            end("close");
        }

        private void end(String how) {
            try {
                ask(request(how, client));
            } catch (Refused e) {
                throw new AssertionError(e);
            }
        }
    }
}
