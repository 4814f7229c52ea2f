package io.gatehouse.kernel.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes inputs at random, in ways that hurt parsers: bits, lengths, repetitions, cuts, pieces of other inputs, ill-formed text. */
final class Mutator {
    private static final int[] BYTES = {
        0, 1, 2, 3, 0x0B, 0x10, 0x23, 0x26, 0x30, 0x3A, 0x7F, 0x80, 0x82, 0xC0, 0xE0, 0xF0, 0xFF
    };
    private static final int[] LENGTHS = {0, 1, 2, 3, 4, 127, 128, 255, 256, 16_383, 16_384, 32_767, 65_534, 65_535};
    private static final byte[][] TEXTS = {
        {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // a surrogate
        {(byte) 0xC0, (byte) 0x80}, // U+0000, too long
        {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond Unicode
        {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, // a byte order mark
        {(byte) 0xE2, (byte) 0x82}, // cut off
        {0},
        {'+'},
        {'/', '#'},
        "$share/g/a".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
    };
    private static final int MOST = 1 << 20;
    private static final int USUAL = 1 << 14;

    private final SplittableRandom random;

    Mutator(SplittableRandom random) {
        this.random = random;
    }

    /** A new array: one of the pool, changed once or several times. */
    byte[] mutate(List<byte[]> pool) {
        byte[] input = any(pool).clone();
        int changes = 1 + random.nextInt(1 + random.nextInt(8));
        for (int i = 0; i < changes; i++) {
            input = change(input, pool);
        }
        return input;
    }

    private byte[] any(List<byte[]> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    private byte[] change(byte[] input, List<byte[]> pool) {
        int at = random.nextInt(input.length + 1);
        if (at == input.length) {
            return changeEnd(input, pool);
        }
        int length = 1 + random.nextInt(Math.min(input.length - at, 1 + random.nextInt(32)));
        return switch (random.nextInt(11)) {
            case 0, 1 -> withByte(input, at, input[at] ^ (1 << random.nextInt(8)));
            case 2 -> withByte(input, at, BYTES[random.nextInt(BYTES.length)]);
            case 3 -> withByte(input, at, input[at] + (random.nextBoolean() ? 1 : -1));
            case 4 -> withByte(input, at, random.nextInt());
            case 5 -> splice(input, at, at + length, new byte[0]);
            case 6 -> splice(input, at, at, Arrays.copyOfRange(input, at, at + length));
            case 7 -> withLength(input, at);
            case 8 -> splice(input, at, at, TEXTS[random.nextInt(TEXTS.length)]);
            case 9 -> splice(input, at, at + length, piece(any(pool)));
            default -> random.nextInt(400) == 0 ? repeated(input, at, length) : splice(input, at, at, noise());
        };
    }

    private byte[] changeEnd(byte[] input, List<byte[]> pool) {
        return switch (random.nextInt(3)) {
            case 0 -> splice(input, input.length, input.length, any(pool));
            case 1 -> splice(input, input.length, input.length, noise());
            default -> Arrays.copyOf(input, random.nextInt(input.length + 1));
        };
    }

    private static byte[] withByte(byte[] input, int at, int value) {
        input[at] = (byte) value;
        return input;
    }

    /** Two bytes that say how long something is: an unusual number, or one near to what is left. */
    private byte[] withLength(byte[] input, int at) {
        if (at + 2 > input.length) {
            return input;
        }
        int value = random.nextBoolean()
                ? LENGTHS[random.nextInt(LENGTHS.length)]
                : Math.max(0, input.length - at - 2 + random.nextInt(5) - 2);
        input[at] = (byte) (value >> 8);
        input[at + 1] = (byte) value;
        return input;
    }

    private byte[] piece(byte[] of) {
        int from = random.nextInt(of.length + 1);
        return Arrays.copyOfRange(of, from, Math.min(of.length, from + 1 + random.nextInt(40)));
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(8)];
        random.nextBytes(noise);
        return noise;
    }

    /** The same few bytes very often: what is cheap for a sender must not be dear for the reader. */
    private byte[] repeated(byte[] input, int at, int length) {
        int times = 1 + random.nextInt(random.nextInt(20) == 0 ? MOST / length : USUAL / length);
        byte[] many = new byte[times * length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(input, at, many, i * length, length);
        }
        return splice(input, at, at, many);
    }

    private static byte[] splice(byte[] input, int from, int to, byte[] replacement) {
        if (input.length - (to - from) + replacement.length > MOST + USUAL) {
            return input;
        }
        byte[] result = new byte[input.length - (to - from) + replacement.length];
        System.arraycopy(input, 0, result, 0, from);
        System.arraycopy(replacement, 0, result, from, replacement.length);
        System.arraycopy(input, to, result, from + replacement.length, input.length - to);
        return result;
    }
}
