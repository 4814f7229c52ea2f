package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.security.DecisionCache;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.topic.Mountpoint;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the handlers know of one connection.
 *
 * <pre>
 *   AWAITING_CONNECT --CONNECT--> AUTHENTICATING --accepted--> CONNECTED
 *          |                            |                          |
 *          +----------------------------+--------------------------+--> CLOSED
 * </pre>
 */
@OnLane
public final class ClientContext {
    /** Where the connection is in its life. */
    enum Phase {
        AWAITING_CONNECT,
        AUTHENTICATING,
        CONNECTED,
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClientContext.class);

    final ClientLink link;
    Phase phase = Phase.AWAITING_CONNECT;

    private @Nullable ReasonCode closing;

    // from CONNECT on
    private MqttVersion version = MqttVersion.V3_1_1;
    private @Nullable String authenticationMethod;
    private boolean askedForNoExpiry;

    // from CONNECT to CONNACK
    private @Nullable Connect connect;

    /** How many revocations there had been when the client was last judged. */
    long revocations;

    boolean clientIdAssigned;

    /** The client has been told that it is connected, and so have the listeners. */
    boolean welcomed;

    @Nullable
    Conversation conversation;

    AuthHandler.@Nullable Decided whenDecided;

    // from acceptance on
    @Nullable
    SessionLife life;

    List<AclRule> acl = List.of();

    /** Where its topics are. */
    Mountpoint mountpoint = Mountpoint.NONE;

    TopicAliases aliases = TopicAliases.NONE;

    /** How many QoS 2 messages the client may have waiting for its PUBREL. */
    int receiveMaximum;

    @Nullable
    DecisionCache decisions;

    @Nullable
    DeliveryGate deliveries;

    /** The client was told that it may have messages retained; older clients always may. */
    boolean retainAvailable;

    /** Nothing is read from the client because the broker is behind. */
    boolean held;

    @Nullable
    Will will;

    Lane.@Nullable Timer expiry;

    private volatile @Nullable Client client;

    ClientContext(ClientLink link) {
        this.link = link;
    }

    /** Who the client is: what it claims during authentication, what was accepted afterwards. */
    Client client() {
        return Objects.requireNonNull(client, "no CONNECT yet");
    }

    /** The client, null before CONNECT; any thread. */
    @Nullable
    Client clientIfKnown() {
        return client;
    }

    void client(Client known) {
        client = known;
    }

    /** The client has sent its CONNECT. */
    void connect(Connect packet) {
        connect = packet;
        version = packet.version();
        authenticationMethod = packet.properties().authenticationMethod();
        askedForNoExpiry = packet.properties().sessionExpirySeconds() == 0;
    }

    /** The CONNECT, until it has been answered. */
    Connect connect() {
        return Objects.requireNonNull(connect, "no CONNECT yet, or it has been answered");
    }

    /** True when the CONNECT asked for a session that ends with the connection. */
    boolean askedForNoExpiry() {
        return askedForNoExpiry;
    }

    /** The CONNECT has been answered: neither its password nor anything else of it is kept. */
    void forgetConnect() {
        connect = null;
    }

    /** The method that the CONNECT named for enhanced authentication, null for none. */
    @Nullable
    String authenticationMethod() {
        return authenticationMethod;
    }

    SessionLife life() {
        return Objects.requireNonNull(life, "not connected");
    }

    Session session() {
        return life().session();
    }

    Sender sender() {
        return new Sender(client(), acl, mountpoint);
    }

    DecisionCache decisions() {
        return Objects.requireNonNull(decisions, "not connected");
    }

    DeliveryGate deliveries() {
        return Objects.requireNonNull(deliveries, "not connected");
    }

    MqttVersion version() {
        return version;
    }

    boolean isMqtt5() {
        return version == MqttVersion.V5;
    }

    /** Says why the connection ends; the first to know is right, what follows is the consequence. */
    void closeBecause(ReasonCode reason) {
        if (closing == null) {
            closing = reason;
        }
    }

    /** True when it is known already why the connection ends. */
    boolean isClosing() {
        return closing != null;
    }

    /** Why the connection ended; what listeners are told. */
    ReasonCode closing() {
        return closing == null ? ReasonCode.UNSPECIFIED_ERROR : closing;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /**
     * Lets a virtual thread do what may block while no further packet of this client is handled, and goes on with the result on the lane.
     * Whoever goes on calls {@link ClientLink#resumeReading()}; nobody goes on when the connection has closed meanwhile.
     */
    <T> void offload(Callable<T> work, Consumer<T> then) {
        offload(work, then, _ -> {});
    }

    /** The same; {@code abandoned} gets the result when the connection has closed meanwhile. */
    <T> void offload(Callable<T> work, Consumer<T> then, Consumer<T> abandoned) {
        link.pauseReading();
        Lane lane = link.lane();
        Thread.ofVirtual().name("client").start(() -> {
            try {
                T result = work.call();
                lane.execute(() -> goOn(() -> (isClosed() ? abandoned : then).accept(result)));
            } catch (Throwable thrown) { // whatever it was: a client that nobody goes on with would wait for ever
                lane.execute(() -> failed(thrown));
            }
        });
    }

    /** Does something for this client outside of its packets; what goes wrong ends its connection and nobody else's. */
    void goOn(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException
                | OutOfMemoryError e) { // buffers outside of the heap may be used up; the heap ends the process
            failed(e);
        }
    }

    private void failed(Throwable thrown) {
        LOG.error("Handling a packet failed; the connection is closed", thrown);
        link.close();
    }
}
