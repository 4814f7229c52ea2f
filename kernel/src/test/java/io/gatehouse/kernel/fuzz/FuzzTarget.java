package io.gatehouse.kernel.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** A decoder, and what must hold of it for any bytes. Belongs to one thread. */
public interface FuzzTarget {
    /** Bytes to begin with: valid, or nearly. */
    List<byte[]> seeds();

    /** Bytes that were changed at random, made a little more like what the decoder expects; the same array, or another. */
    default byte[] repair(byte[] input, SplittableRandom random) {
        return input;
    }

    /**
     * Lets the decoder read the bytes, and nothing else: this is what is measured.
     *
     * @param choice any number, for what there is to choose beside the bytes; the same number chooses the same
     */
    void read(byte[] input, int choice);

    /**
     * Reads the bytes again and checks everything; what must not be is an {@link AssertionError}.
     *
     * @return what became of them, in words without numbers: inputs that fare alike have the same
     */
    String check(byte[] input, int choice);

    /** What the choice means, for a person. */
    String describe(int choice);

    /** A sentence with N for each number, and without the place that it ends with. */
    static String withoutNumbers(String sentence) {
        int place = sentence.indexOf(" (at byte ");
        int end = place < 0 ? sentence.length() : place;
        StringBuilder words = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char letter = sentence.charAt(i);
            if (letter < '0' || letter > '9') {
                words.append(letter);
            } else if (words.isEmpty() || words.charAt(words.length() - 1) != 'N') {
                words.append('N');
            }
        }
        return words.toString();
    }
}
