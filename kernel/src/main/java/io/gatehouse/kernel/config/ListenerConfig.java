package io.gatehouse.kernel.config;

/**
 * One listener.
 *
 * @param name such as {@code tcp.default}
 * @param host an address or host name to bind to
 * @param port 0 to 65,535; with 0 the system chooses one
 * @param maxConnections how many clients it takes at a time, 1 to 10,000,000
 */
public record ListenerConfig(String name, String host, int port, int maxConnections) {}
