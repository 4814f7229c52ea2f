package io.gatehouse.kernel.topic;

/** The filters of many devices: four for each, one without wildcard, one with a last '+', one with '#', one with a '+' inside. */
final class Fleet {
    static final int FILTERS_OF_A_DEVICE = 4;
    private static final int ROOMS = 64;

    private Fleet() {}

    /** The filter with this number; four successive ones select the same topic. */
    static String filter(int number) {
        int device = number / FILTERS_OF_A_DEVICE;
        return switch (number % FILTERS_OF_A_DEVICE) {
            case 0 -> topic(device);
            case 1 -> room(device) + "/+";
            case 2 -> room(device) + "/#";
            default -> "fleet/+/d" + device + "/t";
        };
    }

    /** What the device publishes to: its four filters select it, and no other does. */
    static String topic(int device) {
        return room(device) + "/t";
    }

    private static String room(int device) {
        return "fleet/r" + device % ROOMS + "/d" + device;
    }
}
