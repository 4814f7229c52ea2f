package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.transport.MqttLink;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code pub} and {@code sub} say to a broker, one thing at a time. Calls block; failures are sentences with an exit code. */
final class MqttConversation implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_PINGS = Duration.ofSeconds(ConnectOptions.KEEP_ALIVE_SECONDS / 2);

    private final MqttLink link;
    private final Set<Integer> unreleased = new HashSet<>();
    private int lastPacketId;

    private MqttConversation(MqttLink link) {
        this.link = link;
    }

    /** Connects and is accepted. */
    static MqttConversation open(ConnectOptions options, Shell shell) throws CliFailure {
        Connect connect = options.connect(shell);
        String address = options.host() + ":" + options.port();
        MqttConversation conversation;
        try {
            conversation = new MqttConversation(MqttLink.open(options.host(), options.port(), PATIENCE));
        } catch (UnknownHostException unknown) {
            throw new CliFailure(ExitCode.NOT_RUNNING, "there is no host " + options.host() + ": correct --host");
        } catch (ConnectException refused) {
            throw new CliFailure(
                    ExitCode.NOT_RUNNING,
                    "no broker listens on " + address
                            + ": start it with `gatehouse run` or name another with --host and --port");
        } catch (IOException failure) {
            throw new CliFailure(
                    ExitCode.NOT_RUNNING, "the broker " + address + " cannot be reached: " + failure.getMessage());
        }
        try {
            conversation.connect(connect);
            return conversation;
        } catch (CliFailure failure) {
            conversation.close();
            throw failure;
        }
    }

    private void connect(Connect connect) throws CliFailure {
        send(connect);
        ConnAck answer = await(ConnAck.class);
        if (answer.reason().isFailure()) {
            throw refused("the connection", answer.reason(), answer.properties().reasonString());
        }
    }

    /** Publishes one message and waits for what its quality of service promises. */
    void publish(Message message) throws CliFailure {
        int packetId = message.qos() == Qos.AT_MOST_ONCE ? 0 : nextPacketId();
        send(new Publish(message, false, packetId, 0, List.of()));
        switch (message.qos()) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> {
                PubAck ack = await(PubAck.class);
                check("the message", ack.reason(), ack.reasonString());
            }
            case EXACTLY_ONCE -> {
                PubRec received = await(PubRec.class);
                check("the message", received.reason(), received.reasonString());
                send(new PubRel(packetId));
                await(PubComp.class);
            }
        }
    }

    /** Subscribes; every filter has to be granted. */
    void subscribe(List<String> filters, Qos qos) throws CliFailure {
        List<Subscription> subscriptions =
                filters.stream().map(filter -> Subscription.of(filter, qos)).toList();
        send(new Subscribe(nextPacketId(), subscriptions, 0, List.of()));
        SubAck answer = await(SubAck.class);
        for (int i = 0; i < filters.size(); i++) {
            check("the subscription to " + filters.get(i), answer.reasons().get(i), answer.reasonString());
        }
    }

    /** Waits for the next message and acknowledges it; keeps the connection alive meanwhile. */
    Message nextMessage() throws CliFailure {
        while (true) {
            Optional<Packet> packet = receive(BETWEEN_PINGS);
            if (packet.isEmpty()) {
                send(new PingReq());
                await(PingResp.class);
            } else if (packet.get() instanceof Publish publish && acknowledge(publish)) {
                return publish.message();
            } else if (packet.get() instanceof PubRel release) {
                unreleased.remove(release.packetId());
                send(new PubComp(release.packetId()));
            }
        }
    }

    /** True when the message is not one that was already received. */
    private boolean acknowledge(Publish publish) throws CliFailure {
        return switch (publish.message().qos()) {
            case AT_MOST_ONCE -> true;
            case AT_LEAST_ONCE -> {
                send(new PubAck(publish.packetId()));
                yield true;
            }
            case EXACTLY_ONCE -> {
                send(new PubRec(publish.packetId()));
                yield unreleased.add(publish.packetId());
            }
        };
    }

    private int nextPacketId() {
        lastPacketId = lastPacketId % 65_535 + 1;
        return lastPacketId;
    }

    private <P extends Packet> P await(Class<P> type) throws CliFailure {
        while (true) {
            Packet packet = receive(PATIENCE)
                    .orElseThrow(() -> new CliFailure(
                            ExitCode.FAILED, "the broker did not answer for " + PATIENCE.toSeconds() + " s"));
            if (type.isInstance(packet)) {
                return type.cast(packet);
            }
        }
    }

    private void send(Packet packet) throws CliFailure {
        try {
            link.send(packet);
        } catch (IllegalArgumentException impossible) {
            throw new CliFailure(ExitCode.USAGE, String.valueOf(impossible.getMessage()));
        } catch (IOException failure) {
            throw lost(failure);
        }
    }

    private Optional<Packet> receive(Duration timeout) throws CliFailure {
        Optional<Packet> packet;
        try {
            packet = link.receive(timeout);
        } catch (IOException failure) {
            throw lost(failure);
        }
        if (packet.isPresent() && packet.get() instanceof Disconnect disconnect) {
            throw refused("to go on", disconnect.reason(), disconnect.reasonString());
        }
        return packet;
    }

    private static CliFailure lost(IOException failure) {
        return new CliFailure(
                ExitCode.REFUSED,
                "the connection ended: " + failure.getMessage()
                        + " (older MQTT versions do not say why; --mqtt-version 5 or the log of the broker may)");
    }

    private static void check(String what, ReasonCode reason, @Nullable String detail) throws CliFailure {
        if (reason.isFailure()) {
            throw refused(what, reason, detail);
        }
    }

    private static CliFailure refused(String what, ReasonCode reason, @Nullable String detail) {
        return new CliFailure(
                ExitCode.REFUSED,
                String.format(
                        "the broker refused %s: %s (0x%02X)%s",
                        what,
                        reason.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        reason.code(),
                        detail == null ? "" : ": " + detail));
    }

    /** Says good-bye; nobody waits for an answer. */
    @Override
    public void close() {
        try (link) {
            link.send(new Disconnect(ReasonCode.SUCCESS));
        } catch (IOException alreadyGone) {
            // then there is nobody to say it to
        }
    }
}
