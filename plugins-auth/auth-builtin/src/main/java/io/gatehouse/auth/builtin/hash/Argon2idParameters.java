package io.gatehouse.auth.builtin.hash;

/**
 * What an Argon2id hash costs (RFC 9106 section 3.1). The defaults of the module follow the OWASP password storage cheat sheet.
 *
 * @param memoryKib memory in KiB, 8 per lane to 262,144
 * @param iterations passes over the memory, 1 to 16
 * @param parallelism lanes, 1 to 16; they are computed one after the other
 */
public record Argon2idParameters(int memoryKib, int iterations, int parallelism) {
    /** More would let one hash take a quarter of a gigabyte. */
    public static final int MAX_MEMORY_KIB = 262_144;

    public static final int MAX_ITERATIONS = 16;
    public static final int MAX_PARALLELISM = 16;
    private static final int MIN_MEMORY_KIB_PER_LANE = 8;

    public Argon2idParameters {
        requireWithin("parallelism", parallelism, 1, MAX_PARALLELISM);
        requireWithin("iterations", iterations, 1, MAX_ITERATIONS);
        requireWithin("memory in KiB", memoryKib, MIN_MEMORY_KIB_PER_LANE * parallelism, MAX_MEMORY_KIB);
    }

    /** True when an attacker has less to compute, or less memory to provide, than for the other. */
    public boolean weakerThan(Argon2idParameters other) {
        return memoryKib < other.memoryKib || iterations < other.iterations;
    }

    private static void requireWithin(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "Argon2id " + what + " must be " + min + " to " + max + ", but is " + value + ".");
        }
    }
}
