package io.gatehouse.kernel.control;

import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import io.gatehouse.kernel.control.ControlAnswer.Failed;
import io.gatehouse.kernel.control.ControlAnswer.Reason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the control socket of a data directory. Each connection has a virtual thread; the next one waits while
 * {@value #MAX_CONNECTIONS} are open, and one that says nothing, or does not take its answer, is closed. Who may connect is decided by
 * the permissions of the socket's folder (owner only).
 */
public final class ControlServer implements AutoCloseable {
    static final int MAX_CONNECTIONS = 16;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final ControlCommands commands;
    private final Duration idle;
    private final ControlSocket place;
    private final ServerSocketChannel server;
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("control-timer").factory());

    private ControlServer(ControlCommands commands, Duration idle, ControlSocket place, ServerSocketChannel server) {
        this.commands = commands;
        this.idle = idle;
        this.place = place;
        this.server = server;
    }

    /**
     * Listens on the control socket of this data directory. The caller holds the lock of the directory, so that a socket that is already
     * there was left by a broker that died.
     */
    public static ControlServer start(Path data, ControlCommands commands) throws IOException {
        return start(new ControlSocket(data, ControlSocket.shortFolder()), commands, IDLE);
    }

    static ControlServer start(ControlSocket place, ControlCommands commands, Duration idle) throws IOException {
        UnixDomainSocketAddress address = place.prepare();
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(address);
            place.restrict(address);
        } catch (IOException failure) {
            server.close();
            throw failure;
        }
        if (place.elsewhere()) {
            LOG.info("The path of the data directory is too long for a socket: the control socket is {}", address);
        }
        ControlServer control = new ControlServer(commands, idle, place, server);
        Thread.ofVirtual().name("control-accept").start(control::accept);
        return control;
    }

    private void accept() {
        try {
            while (true) {
                free.acquire();
                SocketChannel channel = server.accept();
                open.add(channel);
                Thread.ofVirtual().name("control").start(() -> serve(channel));
            }
        } catch (ClosedChannelException | InterruptedException stopped) {
            // close() was called
        } catch (IOException failure) {
            LOG.error(
                    "The control socket failed: the command line cannot reach this broker until it is restarted",
                    failure);
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            ControlJson json = new ControlJson();
            LineChannel lines = new LineChannel(channel, ControlJson.MAX_REQUEST);
            boolean more = true;
            while (more) {
                ScheduledFuture<?> deadline =
                        timer.schedule(() -> closeQuietly(channel), idle.toMillis(), TimeUnit.MILLISECONDS);
                more = serveOne(lines, json);
                deadline.cancel(false);
            }
        } catch (IOException | RejectedExecutionException closed) {
            LOG.debug("A control connection ended: {}", closed.toString());
        } finally {
            open.remove(channel);
            free.release();
        }
    }

    /** Answers one request; false when the peer sent the last one. */
    private boolean serveOne(LineChannel lines, ControlJson json) throws IOException {
        Optional<byte[]> line;
        try {
            line = lines.read();
        } catch (LineChannel.LineTooLong tooLong) {
            lines.write(json.write(new Failed(
                    Reason.BAD_REQUEST,
                    "a request may have " + ControlJson.MAX_REQUEST + " bytes, this one has more")));
            return false;
        }
        if (line.isEmpty()) {
            return false;
        }
        lines.write(json.write(answer(line.get(), json)));
        return true;
    }

    /** The parser's own words are not repeated: they may quote a password. */
    private ControlAnswer answer(byte[] line, ControlJson json) {
        ControlRequest request;
        try {
            request = json.request(line);
        } catch (InvalidTypeIdException unknown) {
            return new Failed(
                    Reason.BAD_REQUEST,
                    "this broker does not know the command: it has another version than the command line");
        } catch (IOException malformed) {
            return new Failed(Reason.BAD_REQUEST, "the request is not one JSON object with the values of its command");
        }
        return commands.execute(request);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            LOG.debug("Closing a control connection: {}", alreadyBroken.toString());
        }
    }

    /** Stops listening, ends all connections and removes the socket. */
    @Override
    public void close() {
        // A connection that was accepted at this moment finds the timer stopped and ends, too.
        timer.shutdownNow();
        try {
            server.close();
            place.remove();
        } catch (IOException failure) {
            LOG.warn("The control socket could not be removed: {}", failure.toString());
        }
        open.forEach(ControlServer::closeQuietly);
    }
}
