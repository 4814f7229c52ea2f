package io.gatehouse.kernel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The broker against the model in random sequences of actions by several clients. More sequences, and longer ones, with
 * {@code -Dgatehouse.model.sequences=100000 -Dgatehouse.model.length=400}; one alone with {@code -Dgatehouse.model.seed=17}.
 */
class BrokerModelTest {
    private static final int SEQUENCES = Integer.getInteger("gatehouse.model.sequences", 600);
    private static final int LENGTH = Math.min(900, Integer.getInteger("gatehouse.model.length", 150));
    private static final @Nullable Long SEED = Long.getLong("gatehouse.model.seed");
    private static final int MOST_TRIES = 1_500;

    @Test
    void sendsToEachClientWhatTheModelPermits() {
        if (SEED != null) {
            examine(SEED);
            return;
        }
        for (long seed = 1; seed <= SEQUENCES; seed++) {
            examine(seed);
        }
    }

    private static void examine(long seed) {
        List<Action> actions = Actions.of(seed, LENGTH);
        if (problem(actions) != null) {
            List<Action> few = shrink(actions);
            throw new AssertionError("seed %d: %s%n%s"
                    .formatted(
                            seed,
                            problem(few),
                            few.stream().map(Action::toString).collect(Collectors.joining(System.lineSeparator()))));
        }
    }

    private static @Nullable String problem(List<Action> actions) {
        try {
            new Harness().run(actions);
            return null;
        } catch (AssertionError | RuntimeException found) {
            return found.toString();
        }
    }

    /** Leaves out as many actions as possible while something is wrong. */
    private static List<Action> shrink(List<Action> failing) {
        List<Action> few = failing;
        int tries = 0;
        for (int chunk = failing.size() / 2; chunk > 0; chunk /= 2) {
            for (int at = few.size() - chunk; at >= 0 && tries < MOST_TRIES; at -= chunk, tries++) {
                List<Action> fewer = new ArrayList<>(few);
                fewer.subList(at, Math.min(fewer.size(), at + chunk)).clear();
                if (problem(fewer) != null) {
                    few = fewer;
                    at = Math.min(at, few.size());
                }
            }
        }
        return few;
    }
}
