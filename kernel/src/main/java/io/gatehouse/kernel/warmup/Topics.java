package io.gatehouse.kernel.warmup;

/** The names of an imagined fleet. */
final class Topics {
    private Topics() {}

    static String of(String scene, int device) {
        return scene + "/site-" + device % 10 + "/device-" + device + "/state";
    }

    /** A filter that selects the topic of this device and no other; a quarter each in every shape that filters have. */
    static String filter(String scene, int device) {
        String site = scene + "/site-" + device % 10;
        return switch (device & 3) {
            case 0 -> of(scene, device);
            case 1 -> site + "/device-" + device + "/+";
            case 2 -> site + "/device-" + device + "/#";
            default -> scene + "/+/device-" + device + "/state";
        };
    }
}
