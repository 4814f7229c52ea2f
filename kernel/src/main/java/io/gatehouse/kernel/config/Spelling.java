package io.gatehouse.kernel.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Spelling {
    /** Longer words are not compared: the work grows with the product of the lengths. */
    private static final int MAX_LENGTH = 100;

    private Spelling() {}

    /** The candidate that is closest to the word, when one is close enough to be worth saying. */
    static Optional<String> closest(String word, Collection<String> candidates) {
        int limit = Math.clamp(word.length() / 3, 1, 3);
        return candidates.stream()
                .map(candidate -> new Match(candidate, distance(fold(word), fold(candidate))))
                .filter(match -> match.distance <= limit)
                .min(Comparator.comparingInt(Match::distance).thenComparing(Match::candidate))
                .map(Match::candidate);
    }

    private record Match(String candidate, int distance) {}

    /** {@code userIdType}, {@code user_id_type} and {@code user-id-type} are the same word to a human. */
    private static String fold(String word) {
        return word.replace("-", "").replace("_", "").replace(".", "").toLowerCase(Locale.ROOT);
    }

    /**
     * The number of letters to insert, leave out, replace or swap with their neighbour to get from one word to the other
     * (Damerau-Levenshtein in its restricted form: no part is edited twice). Three rows of the usual table are kept.
     */
    static int distance(String a, String b) {
        if (a.length() > MAX_LENGTH || b.length() > MAX_LENGTH) {
            return Integer.MAX_VALUE;
        }
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        Arrays.setAll(previous, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            int[] reused = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = reused;
        }
        return previous[b.length()];
    }
}
