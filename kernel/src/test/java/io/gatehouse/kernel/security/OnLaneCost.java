package io.gatehouse.kernel.security;

import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Qos;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Measures by hand what a decision on a lane costs: nanoseconds for a chain without sources, with one and with two that permit at once,
 * under the watch. Not a test: run its main method.
 */
final class OnLaneCost {
    private static final int CALLS = 5_000_000;
    private static final int ROUNDS = 6;

    private OnLaneCost() {}

    public static void main(String[] arguments) {
        LaneSlot lane = new LaneSlot(0);
        Client client = Requests.client(false);
        Action action = new Action.Publish("a/b", Qos.AT_LEAST_ONCE, false);
        Authorizer abstaining = (of, asked) -> Decision.ABSTAIN;
        try (LaneWatch watch = new LaneWatch(List.of(lane)).start()) {
            for (int sources = 0; sources <= 2; sources++) {
                List<Gate<Authorizer>> gates = IntStream.range(0, sources)
                        .mapToObj(i -> Gate.of("authz-" + i, abstaining, false))
                        .toList();
                AuthorizationChain chain = new AuthorizationChain(gates, true, Duration.ofSeconds(5));
                report(
                        sources,
                        () -> chain.decideOnLane(client, List.of(), action, lane)
                                .isAllowed());
            }
        }
    }

    @SuppressWarnings("SystemOut") // it is run by hand
    private static void report(int sources, BooleanSupplier decision) {
        long sum = 0;
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                sum += decision.getAsBoolean() ? 1 : 0;
            }
            best = Math.min(best, (double) (System.nanoTime() - begin) / CALLS);
        }
        System.out.printf("%d sources: %.1f ns for each decision (%d)%n", sources, best, sum);
    }
}
