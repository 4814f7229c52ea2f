package io.gatehouse.kernel.codec;

/** The end of a connection that reads: it decides which packets, properties and reason codes may arrive. */
public enum Side {
    /** The server, which reads what clients send. */
    SERVER,
    /** The client, which reads what servers send. */
    CLIENT
}
