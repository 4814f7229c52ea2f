package io.gatehouse.kernel.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Asks the broker that runs on a data directory. Calls block. */
public final class ControlClient {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** A plugin may take as long as the configuration lets it. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(40);

    private final Path data;
    private final ControlSocket place;

    /** A client for the broker of this data directory. */
    public ControlClient(Path data) {
        this(data, new ControlSocket(data, ControlSocket.shortFolder()));
    }

    ControlClient(Path data, ControlSocket place) {
        this.data = data;
        this.place = place;
    }

    /**
     * Sends one request and waits for its answer.
     *
     * @throws BrokerNotRunning when nobody listens
     * @throws AccessDeniedException when the broker belongs to another user
     * @throws IOException when the broker does not answer properly, with a sentence for the operator
     */
    public ControlAnswer call(ControlRequest request) throws IOException, BrokerNotRunning {
        try (SocketChannel channel = connect()) {
            Thread watch = Thread.ofVirtual().start(() -> closeWhenLate(channel, patience(request)));
            LineChannel lines = new LineChannel(channel, ControlJson.MAX_ANSWER);
            ControlJson json = new ControlJson();
            lines.write(json.write(request));
            byte[] answer = lines.read().orElseThrow(() -> new IOException("the broker closed the connection"));
            watch.interrupt();
            return json.answer(answer);
        }
    }

    private SocketChannel connect() throws IOException, BrokerNotRunning {
        if (place.hidden()) {
            throw new AccessDeniedException(data.toString());
        }
        UnixDomainSocketAddress address = place.address();
        if (!Files.exists(address.getPath())) {
            throw new BrokerNotRunning(data);
        }
        try {
            return SocketChannel.open(address);
        } catch (ConnectException nobody) {
            throw new BrokerNotRunning(data);
        } catch (SocketException refused) {
            throw new AccessDeniedException(address.toString(), null, refused.getMessage());
        }
    }

    private static Duration patience(ControlRequest request) {
        return request instanceof ControlRequest.ChangePlugin ? LONG_PATIENCE : PATIENCE;
    }

    private static void closeWhenLate(SocketChannel channel, Duration patience) {
        try {
            Thread.sleep(patience);
            channel.close();
        } catch (InterruptedException | IOException answered) {
            // nothing is late any more
        }
    }

    /** No broker runs on the data directory. */
    public static final class BrokerNotRunning extends Exception {
        private static final long serialVersionUID = 1L;

        BrokerNotRunning(Path data) {
            super("no broker runs on the data directory " + data
                    + ": start it with `gatehouse run`, or name another directory with --data");
        }
    }
}
