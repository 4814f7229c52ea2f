package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.PacketSink;
import io.gatehouse.sdk.mqtt.MqttVersion;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/** The network connection of one client as the handlers see it. Everything is called on its present lane. */
@OnLane
public interface ClientLink extends PacketSink {
    /** The address of the client. */
    InetSocketAddress peer();

    /** The configured name of the listener, such as {@code tcp.default}. */
    String listener();

    /** The configured mountpoint of the listener, with places for the client's names in it; empty for none. */
    String mountpoint();

    /** The verified certificates of a TLS client, its own first. */
    List<X509Certificate> certificates();

    /** The lane to which the connection belongs now. */
    Lane lane();

    /** False while so much waits to be written that no message should be added. */
    boolean isWritable();

    /** Delivers no further packets until {@link #resumeReading()}; bytes that have arrived are kept, and TCP holds back the rest. */
    void pauseReading();

    /** Ends {@link #pauseReading()}. */
    void resumeReading();

    /** The same for another reason, which ends on its own: true while the broker cannot take more from this client. */
    void holdReading(boolean held);

    /**
     * Goes over to another lane, and runs {@code then} on it. Only while reading is paused.
     */
    void moveTo(Lane lane, Runnable then);

    /** The client has said, in CONNECT, what the largest packet is that it takes: nothing larger is sent from now on. */
    void maximumPacketSize(int bytes);

    /**
     * The client is connected.
     *
     * @param keepAliveSeconds the connection is given up after one and a half times this without a packet; 0 for never
     */
    void connected(MqttVersion version, int keepAliveSeconds);

    /** Closes the connection when all that was sent has been written; nothing sent later is. Calling it again does nothing. */
    void close();
}
