package io.gatehouse.authz.acl.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RuleMistakesTest {
    private static final String WHO_ALLOWED = "`all`, {username, NAME}, {clientid, NAME}, {client_attr, KEY, VALUE},"
            + " {ipaddr, BLOCK}, {ipaddrs, [...]}, {listener, NAME}, {'and', [...]} or {'or', [...]}";

    static List<Arguments> rules() {
        return List.of(
                Arguments.of(
                        "{alow, all}.",
                        "1:2: `alow` is not a permission: write `allow` or `deny` (did you mean `allow`?)"),
                Arguments.of(
                        "{dney, all}.",
                        "1:2: `dney` is not a permission: write `allow` or `deny` (did you mean `deny`?)"),
                Arguments.of("{xyz, all}.", "1:2: `xyz` is not a permission: write `allow` or `deny`"),
                Arguments.of("{\"allow\", all}.", "1:2: a rule begins with `allow` or `deny`, not with \"allow\""),
                Arguments.of(
                        "{deny, {username, \"x\"}}.",
                        "1:8: a rule of two parts is {allow, all} or {deny, all}; one for certain clients is written {allow, WHO,"
                                + " all, all}"),
                Arguments.of(
                        "{allow, all, publish}.",
                        "1:1: a rule has four parts, {allow, WHO, ACTION, TOPICS}, or is {allow, all} or {deny, all}; this one"
                                + " has 3"),
                Arguments.of(
                        "allow.",
                        "1:1: a rule is written {allow, all}. or {allow, WHO, ACTION, TOPICS}. (or with deny), not `allow`"),
                Arguments.of("", "1:1: there is no rule in this file: to deny everything write {deny, all}."),
                Arguments.of(
                        "% only words", "1:1: there is no rule in this file: to deny everything write {deny, all}."));
    }

    static List<Arguments> whos() {
        return List.of(
                Arguments.of("al", "8: `al` is not a client: write " + WHO_ALLOWED + " (did you mean `all`?)"),
                Arguments.of("\"bob\"", "8: whom the rule is about is written " + WHO_ALLOWED + ", not \"bob\""),
                Arguments.of("{}", "8: whom the rule is about is written " + WHO_ALLOWED + ", not {}"),
                Arguments.of(
                        "{usrname, \"x\"}",
                        "9: `usrname` is not a kind of client: write " + WHO_ALLOWED + " (did you mean `username`?)"),
                Arguments.of(
                        "{peerhost, \"::1\"}",
                        "9: `peerhost` is not a kind of client: write " + WHO_ALLOWED + " (did you mean `ipaddr`?)"),
                Arguments.of("{username}", "8: `username` takes one value, not 0"),
                Arguments.of("{client_attr, \"k\"}", "8: `client_attr` takes a key and a value, not 1"),
                Arguments.of(
                        "{client_attr, k, \"v\"}",
                        "22: the key of a client attribute is a text such as \"tenant\", not `k`"),
                Arguments.of(
                        "{username, bob}",
                        "19: a name is a text such as \"alice\" or a regular expression such as {re, \"^sensor-\"}, not `bob`"),
                Arguments.of(
                        "{username, \"\"}",
                        "19: a name is a text such as \"alice\" or a regular expression such as {re, \"^sensor-\"}, not \"\""),
                Arguments.of(
                        "{username, {rex, \"a\"}}",
                        "19: a name is a text such as \"alice\" or a regular expression such as {re, \"^sensor-\"}, not {rex, ...}"),
                Arguments.of(
                        "{username, {re, \"(\"}}",
                        "24: the regular expression is not valid: missing closing ) (RE2 syntax, which has no look-around and no"
                                + " back-references)"),
                Arguments.of(
                        "{ipaddr, \"10.0.0.0/33\"}",
                        "17: \"10.0.0.0/33\" is not an address: the number behind / must be between 0 and 32"),
                Arguments.of(
                        "{ipaddr, \"::1/129\"}",
                        "17: \"::1/129\" is not an address: the number behind / must be between 0 and 128"),
                Arguments.of(
                        "{ipaddr, \"localhost\"}",
                        "17: \"localhost\" is not an address: an IP address or a block such as \"10.0.0.0/8\" or \"2001:db8::/32\" is"
                                + " expected"),
                Arguments.of(
                        "{ipaddr, \"010.0.0.1\"}",
                        "17: \"010.0.0.1\" is not an address: an IP address or a block such as \"10.0.0.0/8\" or \"2001:db8::/32\" is"
                                + " expected"),
                Arguments.of(
                        "{ipaddr, \"10.0.0.256\"}",
                        "17: \"10.0.0.256\" is not an address: an IP address or a block such as \"10.0.0.0/8\" or \"2001:db8::/32\""
                                + " is expected"),
                Arguments.of(
                        "{ipaddr, \"10.0.0.0/\"}",
                        "17: \"10.0.0.0/\" is not an address: the number behind / must be between 0 and 32"),
                Arguments.of("{ipaddr, 10}", "17: an IP address is a text such as \"10.0.0.0/8\", not 10"),
                Arguments.of(
                        "{ipaddrs, \"::1\"}",
                        "18: a list that is not empty is expected, as in {ipaddrs, [\"10.0.0.0/8\", \"::1\"]}, not \"::1\""),
                Arguments.of(
                        "{'and', []}",
                        "16: a list that is not empty is expected, as in {'and', [{username, \"alice\"}, {ipaddr,"
                                + " \"10.0.0.0/8\"}]}, not []"));
    }

    static List<Arguments> actions() {
        return List.of(
                Arguments.of(
                        "pubsub",
                        "13: `pubsub` is not an action: write `publish`, `subscribe` or `all` (did you mean `all`?)"),
                Arguments.of(
                        "{publsh, [{qos, 1}]}",
                        "14: `publsh` is not an action: write `publish`, `subscribe` or `all` (did you mean `publish`?)"),
                Arguments.of(
                        "\"publish\"",
                        "13: an action is `publish`, `subscribe`, `all` or one with options as in {publish, [{qos, [0, 1]}, {retain,"
                                + " false}]}, not \"publish\""),
                Arguments.of(
                        "{publish, []}",
                        "23: this list of options is empty: write the action alone, without { } and [ ]"),
                Arguments.of(
                        "{publish, [{qos, 3}]}", "30: a quality of service is 0, 1 or 2, or a list of these, not 3"),
                Arguments.of("{publish, [{qos, []}]}", "30: this list of qualities of service is empty"),
                Arguments.of("{publish, [{retain, maybe}]}", "33: `retain` is `true`, `false` or `all`, not `maybe`"),
                Arguments.of(
                        "{subscribe, [{retain, true}]}", "35: a subscription has no retain flag: leave `retain` out"),
                Arguments.of("{publish, [{qos, 0}, {qos, 1}]}", "34: this option is given twice"),
                Arguments.of(
                        "{publish, [{retian, true}]}",
                        "24: `retian` is not an option: write `qos` or `retain` (did you mean `retain`?)"),
                Arguments.of(
                        "{publish, [{qso, 1}]}",
                        "24: `qso` is not an option: write `qos` or `retain` (did you mean `qos`?)"),
                Arguments.of("{publish, [qos]}", "24: an option is written {qos, 1} or {retain, false}, not `qos`"));
    }

    static List<Arguments> topics() {
        String notAFilter =
                " is not a topic filter: + and # fill a whole level, # is the last one, and there are 1 to 65,535 bytes";
        return List.of(
                Arguments.of("\"a\"", "18: topics are a list such as [\"news/#\", {eq, \"#\"}], or `all`, not \"a\""),
                Arguments.of(
                        "[]",
                        "18: this list of topics is empty, so the rule would never match: name topics or write `all`"),
                Arguments.of("[\"a#\"]", "19: \"a#\"" + notAFilter),
                Arguments.of("[\"\"]", "19: \"\"" + notAFilter),
                Arguments.of("[\"a/${clientid}+\"]", "19: \"a/${clientid}+\"" + notAFilter),
                Arguments.of("[{eq, \"a#\"}]", "24: \"a#\"" + notAFilter),
                Arguments.of("[\"eq \"]", "19: \"eq \"" + notAFilter),
                Arguments.of(
                        "[{re, \"a\"}]",
                        "19: a topic is a filter such as \"news/#\", a text to be taken literally such as {eq, \"#\"}, or `all`, not"
                                + " {re, ...}"),
                Arguments.of(
                        "[\"a/${usrname}\"]",
                        "19: ${usrname} is unknown: write ${username}, ${clientid}, ${cert_common_name} or ${client_attrs.NAME} (did"
                                + " you mean `username`?)"),
                Arguments.of(
                        "[\"a/${client_attrs.}\"]",
                        "19: ${client_attrs.} is unknown: write ${username}, ${clientid}, ${cert_common_name} or"
                                + " ${client_attrs.NAME}"),
                Arguments.of(
                        "[\"a/${username\"]",
                        "19: a placeholder is not closed: write ${username}, ${clientid}, ${cert_common_name} or"
                                + " ${client_attrs.NAME}"),
                Arguments.of(
                        "[{eq, \"${username}\"}]",
                        "24: `eq` takes a topic literally, so its placeholder would never be replaced: leave out `eq`"),
                Arguments.of(
                        "[\"u/%u/x\"]",
                        "19: %u is not a placeholder here: write ${username}, or {eq, ...} to mean the text itself"),
                Arguments.of(
                        "[\"%c\"]",
                        "19: %c is not a placeholder here: write ${clientid}, or {eq, ...} to mean the text itself"),
                Arguments.of(
                        "[\"$share/g/a\"]",
                        "19: \"$share/g/a\" would never match: a shared subscription is judged by its filter alone, without"
                                + " $share/GROUP/ or $queue/"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void refusesARule(String text, String expected) {
        assertThat(Rules.problemsOf(text)).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("whos")
    void refusesAClient(String who, String expected) {
        assertThat(Rules.problemsOf("{deny, " + who + ", all, all}.")).containsExactly("1:" + expected);
    }

    @ParameterizedTest
    @MethodSource("actions")
    void refusesAnAction(String action, String expected) {
        assertThat(Rules.problemsOf("{deny, all, " + action + ", all}.")).containsExactly("1:" + expected);
    }

    @ParameterizedTest
    @MethodSource("topics")
    void refusesATopic(String topics, String expected) {
        assertThat(Rules.problemsOf("{deny, all, all, " + topics + "}.")).containsExactly("1:" + expected);
    }

    @Test
    void tellsAllMistakesOfAFileInOrder() {
        String text = """
                {alow, {usr, "a"}, pub, ["#/a", {eq, 1}]}.
                {allow, all}
                {deny, everyone}.
                """;
        assertThat(Rules.problemsOf(text))
                .extracting(problem -> problem.substring(0, problem.indexOf(' ')))
                .containsExactly("1:2:", "1:9:", "1:20:", "1:26:", "1:33:", "3:1:", "3:8:");
    }

    @Test
    void tellsNoMoreThanFiftyMistakes() {
        assertThat(Rules.problemsOf("{alow, all}.\n".repeat(200))).hasSize(50);
        assertThat(Rules.problemsOf("{deny, all, all, [" + "\"a#\", ".repeat(200) + "\"b\"]}."))
                .hasSize(50);
    }

    @Test
    void boundsTheNumberOfRules() {
        assertThat(Rules.of("{deny, all}.\n".repeat(RuleCompiler.MAX_RULES)).size())
                .isEqualTo(RuleCompiler.MAX_RULES);
        assertThat(Rules.problemsOf("{deny, all}.\n".repeat(RuleCompiler.MAX_RULES + 1)))
                .containsExactly("100001:1: too many rules: at most 100000 are read from one file");
    }

    @Test
    void boundsTheMemoryOfAllRegularExpressions() {
        String rule = "{deny, {username, {re, \"^a{900}$\"}}, all, all}.\n";
        assertThat(Rules.of(rule.repeat(1_000)).size()).isEqualTo(1_000);
        assertThat(Rules.problemsOf(rule.repeat(1_200)))
                .contains("1108:24: all regular expressions of this file together are too large");
    }
}
