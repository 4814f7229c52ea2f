/** WebSocket (RFC 6455) as MQTT uses it (MQTT 5.0 section 6): the handshake, and frames around the bytes of a connection. */
@NullMarked
package io.gatehouse.kernel.transport.websocket;

import org.jspecify.annotations.NullMarked;
