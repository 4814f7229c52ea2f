package io.gatehouse.authz.acl.rule;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/** Guesses what a misspelt word was meant to be. */
final class Suggestion {
    /** What the same thing is called elsewhere: in EMQX 4, in Mosquitto, in the raw rules of other sources. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "pubsub", "all",
            "pub", "publish",
            "sub", "subscribe",
            "permit", "allow",
            "reject", "deny",
            "ip", "ipaddr",
            "peerhost", "ipaddr",
            "client_attrs", "client_attr",
            "client_id", "clientid",
            "user_name", "username");

    private Suggestion() {}

    /** {@code " (did you mean `allow`?)"}, or nothing when no allowed word is near. */
    static String of(String word, Collection<String> allowed) {
        String other = OTHER_NAMES.get(word);
        if (other != null && allowed.contains(other)) {
            return hint(other);
        }
        String nearest = "";
        int best = word.length() <= 3 ? 2 : 3;
        for (String candidate : allowed) {
            int distance = word.length() > 40 ? best : distance(word, candidate);
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest.isEmpty() ? "" : hint(nearest);
    }

    private static String hint(String word) {
        return " (did you mean `" + word + "`?)";
    }

    /** How many characters have to be inserted, removed, replaced or swapped with their neighbour (optimal string alignment). */
    private static int distance(String one, String other) {
        int[] beforeLast = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        Arrays.setAll(last, i -> i);
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[other.length()];
    }
}
