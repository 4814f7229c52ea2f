package io.gatehouse.e2e.peer;

/** Every client library, in every version of the protocol that it speaks. */
public enum PeerKind {
    HIVEMQ_3_1_1(4),
    HIVEMQ_5(5),
    PAHO_3_1(3),
    PAHO_3_1_1(4),
    PAHO_5(5),
    MQTTJS_3_1(3),
    MQTTJS_3_1_1(4),
    MQTTJS_5(5);

    private final int level;

    PeerKind(int level) {
        this.level = level;
    }

    /** The protocol level: 3, 4 or 5. */
    public int level() {
        return level;
    }

    public boolean isMqtt5() {
        return level == 5;
    }
}
