package io.gatehouse.e2e.peer;

/** A connected client of some library. */
public interface Peer extends AutoCloseable {
    /** What a client got. */
    record Received(String topic, String payload, int qos, boolean retain) {}

    /** Subscribes; returns when it is granted. */
    void subscribe(String filter, int qos) throws Refused;

    /** Publishes; returns when it is acknowledged as its QoS demands. */
    void publish(String topic, String payload, int qos, boolean retain) throws Refused;

    /** The next message; fails when none comes. */
    Received next();

    /** Says good-bye. */
    void disconnect();

    /** Lets go of everything that is still open; never fails. */
    @Override
    void close();
}
