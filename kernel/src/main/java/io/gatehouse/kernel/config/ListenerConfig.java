package io.gatehouse.kernel.config;

/**
 * One listener.
 *
 * @param name such as {@code tcp.default}
 * @param host an address or host name to bind to
 * @param port 0 to 65,535; with 0 the system chooses one
 * @param maxConnections how many clients it takes at a time, 1 to 10,000,000
 * @param mountpoint what stands before every topic of its clients; empty for nothing; may hold <code>${clientid}</code> and
 *     <code>${username}</code>
 * @param accessRules which addresses may connect
 * @param proxy who may speak for others
 * @param webSocket for the kind {@link ListenerKind#WS}; the others do not look at it
 */
public record ListenerConfig(
        ListenerKind kind,
        String name,
        String host,
        int port,
        int maxConnections,
        String mountpoint,
        AccessRules accessRules,
        ProxyConfig proxy,
        WebSocketConfig webSocket) {
    /** A listener that leaves everything else at its default; the name is {@code <kind>.<name>}. */
    public static ListenerConfig of(ListenerKind kind, String name, String host, int port, int maxConnections) {
        return new ListenerConfig(
                kind,
                name,
                host,
                port,
                maxConnections,
                "",
                AccessRules.NONE,
                ProxyConfig.DEFAULT,
                WebSocketConfig.DEFAULT);
    }

    /** The same with other rules. */
    public ListenerConfig withAccessRules(AccessRules rules) {
        return new ListenerConfig(kind, name, host, port, maxConnections, mountpoint, rules, proxy, webSocket);
    }

    /** The same with other proxies. */
    public ListenerConfig withProxy(ProxyConfig other) {
        return new ListenerConfig(kind, name, host, port, maxConnections, mountpoint, accessRules, other, webSocket);
    }

    /** The same with another handshake. */
    public ListenerConfig withWebSocket(WebSocketConfig other) {
        return new ListenerConfig(kind, name, host, port, maxConnections, mountpoint, accessRules, proxy, other);
    }
}
