package io.gatehouse.authz.acl.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.authz.acl.TestClient;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random files and random questions, judged by the compiled rules and by an interpreter that shares no code with them. */
class RuleSetDifferentialTest {
    private static final List<String> NAMES = List.of("a", "b", "ab", "x/y", "+", "$s");
    private static final List<String> LEVELS = List.of("a", "b", "ab", "$s", "+");
    private static final List<String> TOPICS = everyTopic();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void decidesAsANaiveInterpreterDoes(long seed) {
        Random random = new Random(seed);
        int decided = 0;
        for (int round = 0; round < 250; round++) {
            List<NaiveRule> rules = new ArrayList<>();
            for (int i = random.nextInt(1, 8); i > 0; i--) {
                rules.add(randomRule(random));
            }
            String text = rules.stream().map(NaiveRule::text).collect(Collectors.joining("\n"));
            RuleSet compiled = Rules.of(text);
            for (int question = 0; question < 20; question++) {
                Client client = randomClient(random);
                Action action = randomAction(random);
                Decision expected = naiveDecision(rules, client, action);
                if (expected != Decision.ABSTAIN) {
                    decided++;
                }
                assertThat(compiled.decide(client, action))
                        .as("%s%n%s%n%s", text, client, action)
                        .isEqualTo(expected);
            }
        }
        // A test in which nothing ever matches would prove nothing.
        assertThat(decided).isBetween(500, 4_500);
    }

    @Test
    void rulesFoundByNameKeepTheOrderOfTheFile() {
        String text = """
                {deny, {username, "a"}, all, ["1"]}.
                {allow, {clientid, "b"}, all, ["1", "2"]}.
                {deny, all, all, ["2", "3"]}.
                {allow, {username, "a"}, all, all}.
                """;
        Client client = new TestClient("b", "a", "127.0.0.1", "tcp.default", Map.of(), List.of()).client();
        RuleSet rules = Rules.of(text);
        assertThat(rules.decide(client, TestClient.publish("1"))).isEqualTo(Decision.DENY);
        assertThat(rules.decide(client, TestClient.publish("2"))).isEqualTo(Decision.ALLOW);
        assertThat(rules.decide(client, TestClient.publish("3"))).isEqualTo(Decision.DENY);
        assertThat(rules.decide(client, TestClient.publish("4"))).isEqualTo(Decision.ALLOW);
    }

    private record NaiveWho(String text, Predicate<Client> includes) {}

    private record NaiveAction(String text, Predicate<Action> includes) {}

    private record NaiveRule(boolean permit, NaiveWho who, NaiveAction action, List<String> topics) {
        String text() {
            String list = topics.stream().map(topic -> "\"" + topic + "\"").collect(Collectors.joining(", "));
            return "{" + (permit ? "allow" : "deny") + ", " + who.text() + ", " + action.text() + ", [" + list + "]}.";
        }

        boolean matches(Client client, Action asked) {
            return who.includes().test(client)
                    && action.includes().test(asked)
                    && topics.stream().anyMatch(topic -> selects(topic, client, asked));
        }

        private boolean selects(String topic, Client client, Action asked) {
            if (topic.startsWith("eq ")) {
                return topic.substring(3).equals(asked.topic());
            }
            String filter = topic;
            for (Map.Entry<String, String> name : namesOf(client).entrySet()) {
                if (topic.contains(name.getKey())) {
                    if (name.getValue().matches(".*[+#/].*")
                            || (name.getValue().startsWith("$") && topic.startsWith("${"))) {
                        return false;
                    }
                    filter = filter.replace(name.getKey(), name.getValue());
                }
            }
            if (filter.contains("${")) {
                return false;
            }
            List<String> ruleSelects = selection(filter);
            List<String> askedFor = switch (asked) {
                case Action.Publish publication -> List.of(publication.topic());
                case Action.Subscribe subscription -> selection(subscription.topic());
            };
            return permit
                    ? ruleSelects.containsAll(askedFor)
                    : askedFor.stream().anyMatch(ruleSelects::contains);
        }
    }

    private static Map<String, String> namesOf(Client client) {
        return client.username() == null
                ? Map.of("${clientid}", client.clientId())
                : Map.of("${clientid}", client.clientId(), "${username}", client.username());
    }

    private static Decision naiveDecision(List<NaiveRule> rules, Client client, Action action) {
        return rules.stream()
                .filter(rule -> rule.matches(client, action))
                .findFirst()
                .map(rule -> rule.permit() ? Decision.ALLOW : Decision.DENY)
                .orElse(Decision.ABSTAIN);
    }

    /** All topics of the small world that a filter selects, by way of a regular expression. */
    private static List<String> selection(String filter) {
        String expression = Arrays.stream(filter.split("/", -1))
                .map(level -> switch (level) {
                    case "+" -> "[^/]*";
                    case "#" -> ".*";
                    default -> Pattern.quote(level);
                })
                .collect(Collectors.joining("/"));
        if (expression.endsWith("/.*")) {
            expression = expression.substring(0, expression.length() - 3) + "(/.*)?";
        }
        Pattern pattern = Pattern.compile((filter.matches("[+#].*") ? "(?!\\$)" : "") + expression);
        return TOPICS.stream().filter(topic -> pattern.matcher(topic).matches()).toList();
    }

    /** Enough topics to tell all filters apart that the tests use: one level more than they have, and a word they do not know. */
    private static List<String> everyTopic() {
        List<String> words = List.of("a", "b", "ab", "$s", "?", "$?");
        List<String> all = new ArrayList<>();
        for (String first : words) {
            all.add(first);
            for (String second : words) {
                all.add(first + "/" + second);
                for (String third : words) {
                    all.add(first + "/" + second + "/" + third);
                }
            }
        }
        return all;
    }

    private static NaiveRule randomRule(Random random) {
        List<String> topics = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            topics.add(randomTopic(random));
        }
        return new NaiveRule(random.nextBoolean(), randomWho(random, 2), randomOperations(random), topics);
    }

    private static NaiveWho randomWho(Random random, int depth) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0, 1 -> new NaiveWho("all", client -> true);
            case 2 -> new NaiveWho("{username, \"" + name + "\"}", client -> name.equals(client.username()));
            case 3 -> new NaiveWho("{clientid, \"" + name + "\"}", client -> name.equals(client.clientId()));
            case 4 ->
                new NaiveWho(
                        "{username, {re, \"b$\"}}",
                        client -> client.username() != null && client.username().endsWith("b"));
            case 5 ->
                new NaiveWho(
                        "{ipaddr, \"10.0.0.0/8\"}",
                        client -> client.peer().getHostString().startsWith("10."));
            case 6 ->
                new NaiveWho("{listener, \"ws:a\"}", client -> client.listener().equals("ws.a"));
            case 7 -> {
                NaiveWho one = randomWho(random, depth - 1);
                NaiveWho other = randomWho(random, depth - 1);
                yield new NaiveWho(
                        "{'and', [" + one.text() + ", " + other.text() + "]}",
                        client ->
                                one.includes().test(client) && other.includes().test(client));
            }
            default -> {
                NaiveWho one = randomWho(random, depth - 1);
                NaiveWho other = randomWho(random, depth - 1);
                yield new NaiveWho(
                        "{'or', [" + one.text() + ", " + other.text() + "]}",
                        client ->
                                one.includes().test(client) || other.includes().test(client));
            }
        };
    }

    private static NaiveAction randomOperations(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new NaiveAction("publish", action -> action instanceof Action.Publish);
            case 1 -> new NaiveAction("subscribe", action -> action instanceof Action.Subscribe);
            case 2 -> new NaiveAction("{all, [{qos, [0, 1]}]}", action -> action.qos() != Qos.EXACTLY_ONCE);
            case 3 ->
                new NaiveAction(
                        "{publish, {retain, true}}",
                        action -> action instanceof Action.Publish publication && publication.retain());
            default -> new NaiveAction("all", action -> true);
        };
    }

    private static String randomTopic(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "${clientid}/#";
            case 1 -> "a/${username}";
            case 2 -> "eq " + randomFilter(random);
            default -> randomFilter(random);
        };
    }

    private static String randomFilter(Random random) {
        StringBuilder filter = new StringBuilder(LEVELS.get(random.nextInt(LEVELS.size())));
        if (random.nextInt(8) == 0) {
            return "#";
        }
        if (random.nextBoolean()) {
            filter.append('/').append(LEVELS.get(random.nextInt(LEVELS.size())));
        }
        return random.nextInt(3) == 0 && filter.indexOf("/") < 0
                ? filter.append("/#").toString()
                : filter.toString();
    }

    private static Client randomClient(Random random) {
        String username = random.nextInt(5) == 0 ? null : NAMES.get(random.nextInt(NAMES.size()));
        return new TestClient(
                        NAMES.get(random.nextInt(NAMES.size())),
                        username,
                        random.nextBoolean() ? "10.1.2.3" : "192.0.2.1",
                        random.nextBoolean() ? "tcp.default" : "ws.a",
                        Map.of(),
                        List.of())
                .client();
    }

    private static Action randomAction(Random random) {
        Qos qos = Qos.of(random.nextInt(3));
        return random.nextBoolean()
                ? new Action.Publish(TOPICS.get(random.nextInt(TOPICS.size())), qos, random.nextBoolean())
                : new Action.Subscribe(randomFilter(random), qos);
    }
}
