package io.gatehouse.kernel.model;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random actions; the same seed gives the same ones. */
final class Actions {
    /** The last one speaks MQTT 3.1.1. */
    static final int CLIENTS = 5;

    static final int OLD_CLIENT = CLIENTS - 1;

    private static final List<String> TOPICS = List.of("a", "a/b", "a/c", "a/b/c", "b", "b/", "/b", "$s/a");
    private static final List<String> FILTERS =
            List.of("a", "a/b", "a/+", "a/#", "#", "+", "+/b", "b/#", "$s/#", "+/", "a/b/c");
    private static final List<String> SHARED =
            List.of("$share/g/a/#", "$share/g/#", "$share/h/a/b", "$share/h/+", "$share/h/a/b");

    private final Random random;

    private Actions(long seed) {
        this.random = new Random(seed);
    }

    static List<Action> of(long seed, int count) {
        Actions actions = new Actions(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> i < CLIENTS ? actions.connect(i) : actions.any())
                .toList();
    }

    private Action any() {
        int client = random.nextInt(CLIENTS);
        int dice = random.nextInt(100);
        if (dice < 34) {
            return publish(client);
        } else if (dice < 50) {
            return new Action.Answer(client, random.nextBoolean() ? 1 : 10);
        } else if (dice < 66) {
            return subscribe(client);
        } else if (dice < 69) {
            return new Action.Unsubscribe(client, filter(client));
        } else if (dice < 81) {
            return connect(client);
        } else {
            return seldom(client, dice);
        }
    }

    private Action seldom(int client, int dice) {
        return switch (dice) {
            case 81, 82, 83 -> new Action.Drop(client);
            case 84, 85 -> new Action.Disconnect(client, random.nextInt(3) == 0, disconnectExpiry());
            case 86, 87, 88, 89 -> new Action.Release(client);
            case 90, 91 -> new Action.Repeat(client);
            case 92, 93 -> new Action.Refuse(client);
            case 94 -> new Action.Stall(client, true);
            case 95, 96 -> new Action.Stall(client, false);
            default -> new Action.Pass(1 + random.nextInt(6));
        };
    }

    private Action.Connect connect(int client) {
        return new Action.Connect(
                client,
                random.nextInt(5) == 0,
                random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(12),
                1 + random.nextInt(4),
                random.nextInt(3) == 0 ? will() : null);
    }

    private Action.LastWill will() {
        return new Action.LastWill(
                pick(TOPICS), qos(), random.nextInt(4) == 0, random.nextBoolean() ? 0 : 1 + random.nextInt(8));
    }

    private @Nullable Long disconnectExpiry() {
        return random.nextBoolean() ? null : Long.valueOf(random.nextInt(10));
    }

    private Action publish(int client) {
        boolean retain = random.nextInt(3) == 0;
        return new Action.Publish(
                client,
                pick(TOPICS),
                qos(),
                retain,
                retain && random.nextInt(4) == 0,
                random.nextInt(4) == 0 ? 1 + random.nextInt(8) : 0);
    }

    private Action subscribe(int client) {
        String filter = filter(client);
        boolean shared = filter.startsWith("$share/");
        return new Action.Subscribe(
                client,
                client == OLD_CLIENT
                        ? Subscription.of(filter, qos())
                        : new Subscription(
                                filter,
                                qos(),
                                !shared && random.nextInt(4) == 0,
                                random.nextInt(3) == 0,
                                pick(List.of(RetainHandling.values()))));
    }

    private String filter(int client) {
        return client != OLD_CLIENT && random.nextInt(3) == 0 ? pick(SHARED) : pick(FILTERS);
    }

    private Qos qos() {
        return Qos.of(random.nextInt(3));
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
