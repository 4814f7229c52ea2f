package io.gatehouse.sdk.mqtt;

/** One name and value pair of MQTT 5.0 section 3.1.2.11.8. A name may occur more than once; the order is kept. */
public record UserProperty(String name, String value) {}
