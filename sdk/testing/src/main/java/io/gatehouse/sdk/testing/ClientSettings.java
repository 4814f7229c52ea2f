package io.gatehouse.sdk.testing;

import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a client connects; immutable. */
public final class ClientSettings {
    private final int port;
    private final String clientId;
    private final Consumer<TestClient> opened;
    private final @Nullable String username;
    private final @Nullable String password;
    private final @Nullable Conversation conversation;

    ClientSettings(int port, String clientId, Consumer<TestClient> opened) {
        this(port, clientId, opened, null, null, null);
    }

    private ClientSettings(
            int port,
            String clientId,
            Consumer<TestClient> opened,
            @Nullable String username,
            @Nullable String password,
            @Nullable Conversation conversation) {
        this.port = port;
        this.clientId = clientId;
        this.opened = opened;
        this.username = username;
        this.password = password;
        this.conversation = conversation;
    }

    /** The same with user name and password. */
    public ClientSettings login(String name, String secret) {
        return new ClientSettings(port, clientId, opened, name, secret, conversation);
    }

    /**
     * The same with a conversation of enhanced authentication.
     *
     * @param method the authentication method
     * @param first the authentication data of CONNECT
     * @param answers what the client answers to the data of an AUTH packet
     */
    public ClientSettings enhanced(String method, Payload first, UnaryOperator<Payload> answers) {
        return new ClientSettings(port, clientId, opened, username, password, new Conversation(method, first, answers));
    }

    /** Connects. Fails when the broker refuses. */
    public TestClient connect() {
        TestClient client = new TestClient(this);
        opened.accept(client);
        ReasonCode reason = client.connect();
        if (reason.isFailure()) {
            throw new AssertionError("the broker refuses the client " + clientId + ": " + reason);
        }
        return client;
    }

    /** Tries to connect, disconnects, and tells what the broker answered. */
    public ReasonCode attempt() {
        try (TestClient client = new TestClient(this)) {
            return client.connect();
        }
    }

    int port() {
        return port;
    }

    String clientId() {
        return clientId;
    }

    @Nullable
    String username() {
        return username;
    }

    @Nullable
    String password() {
        return password;
    }

    @Nullable
    Conversation conversation() {
        return conversation;
    }

    /** What a client says in enhanced authentication. */
    record Conversation(String method, Payload first, UnaryOperator<Payload> answers) {}
}
