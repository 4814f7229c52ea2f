package io.gatehouse.kernel.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLServerSocket;

/** Speaks TLS in front of a broker that speaks plain TCP. */
final class TlsFront implements AutoCloseable {
    private final SSLServerSocket server;
    private final int target;

    /** In front of this port of the loopback interface. */
    TlsFront(TestCertificates certificates, int target, boolean clientsShowTheirs)
            throws IOException, GeneralSecurityException {
        this.target = target;
        server = (SSLServerSocket) certificates
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(clientsShowTheirs);
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Thread back = Thread.ofVirtual().start(() -> copy(broker, client));
            copy(client, broker);
            back.join();
        } catch (IOException | InterruptedException ended) {
            // so does the connection
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // then there is nothing more to copy
        }
        try {
            to.close();
        } catch (IOException alreadyClosed) {
            // what was wanted
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
