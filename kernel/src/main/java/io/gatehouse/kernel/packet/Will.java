package io.gatehouse.kernel.packet;

import io.gatehouse.sdk.mqtt.Message;

/**
 * The will of a CONNECT (MQTT 5.0 section 3.1.3.2).
 *
 * @param delaySeconds how long after the loss of the connection it is sent, 0 to 4,294,967,295
 */
public record Will(Message message, long delaySeconds) {}
