package io.gatehouse.authz.acl.rule;

import static io.gatehouse.authz.acl.TestClient.alice;
import static io.gatehouse.authz.acl.TestClient.publish;
import static io.gatehouse.authz.acl.TestClient.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.authz.acl.term.Problem;
import io.gatehouse.authz.acl.term.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, it gives rules that can judge or problems that can be shown, soon. */
class RuleCompilerFuzzTest {
    private static final Duration BOUND = Duration.ofSeconds(20);

    /** The pieces of which files are made, so that random texts get far into the compiler. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ". ",
            ".\n",
            "%",
            "\"",
            "'",
            "\\",
            "allow",
            "deny",
            "all",
            "publish",
            "subscribe",
            "username",
            "clientid",
            "client_attr",
            "ipaddr",
            "ipaddrs",
            "listener",
            "'and'",
            "'or'",
            "re",
            "eq",
            "qos",
            "retain",
            "true",
            "0",
            "2",
            "999999999",
            "\"a/#\"",
            "\"${username}/+\"",
            "\"10.0.0.0/8\"",
            "\"^(a{2}){3}\"",
            "\"eq x\"",
            "{deny, all}.\n",
            "{allow, {username, ",
            "\\x{41}",
            "\u0000",
            "\uD83D",
            "é",
            "\uFEFF",
            " ",
            "\n");

    @FuzzTest
    void arbitraryTextGivesRulesOrProblems(FuzzedDataProvider data) {
        check(data.consumeRemainingAsString());
    }

    @Test
    void randomTextGivesRulesOrProblems() {
        Random random = new Random(42);
        Assertions.assertTimeoutPreemptively(BOUND, () -> {
            for (int i = 0; i < 10_000; i++) {
                StringBuilder text = new StringBuilder();
                for (int pieces = random.nextInt(60); pieces > 0; pieces--) {
                    text.append(PIECES.get(random.nextInt(PIECES.size())));
                }
                check(text.toString());
            }
        });
    }

    /** One megabyte of one thing: what is not linear does not come back in time. */
    @Test
    void largeTextIsJudgedInBoundedTime() {
        List<String> units = List.of(
                "{",
                "[",
                "}",
                "]",
                "\"",
                "\\",
                "'",
                ".",
                ". ",
                "a",
                "a ",
                "%",
                "%\n",
                "\n",
                "1",
                "1,",
                "{}.",
                "[{",
                "\"a\" ",
                "{deny, all}.\n",
                "{deny, all, all, [\"${username}\"]}.\n",
                "\"${",
                "&",
                "é",
                "X ",
                "<<");
        for (String unit : units) {
            String text = unit.repeat(1024 * 1024 / unit.length());
            Assertions.assertTimeoutPreemptively(BOUND, () -> check(text), unit);
            Assertions.assertTimeoutPreemptively(BOUND, () -> check("{deny, all, all, [\"" + text + "\"]}."), unit);
        }
    }

    private static void check(String text) {
        switch (RuleCompiler.compile(text)) {
            case RuleCompiler.Outcome.Compiled compiled -> {
                assertThat(compiled.rules().size()).isPositive();
                compiled.rules().decide(alice().client(), publish("a/b"));
                compiled.rules().decide(alice().client(), subscribe("a/#"));
            }
            case RuleCompiler.Outcome.Rejected rejected -> {
                assertThat(rejected.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(Problems.LIMIT);
                rejected.problems().forEach(RuleCompilerFuzzTest::assertShowable);
            }
        }
    }

    private static void assertShowable(Problem problem) {
        assertThat(problem.at().line()).isPositive();
        assertThat(problem.at().column()).isPositive();
        assertThat(problem.text()).isNotBlank().hasSizeLessThan(1_000);
        assertThat(problem.text().chars().noneMatch(Character::isISOControl)).isTrue();
    }
}
