package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.regex.BoundedRegex;
import io.gatehouse.kernel.topic.NameTemplate;
import io.gatehouse.kernel.topic.RewriteRule;
import io.gatehouse.kernel.topic.RewriteRules;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of what the broker offers beyond the specification. */
class FeatureKeysTest {
    private TestHome home;

    @BeforeEach
    void newHome(@TempDir Path folder) {
        home = new TestHome(folder);
    }

    @Test
    void anEmptyFileGivesTheDefaults() {
        assertThat(home.config().features()).isEqualTo(FeaturesConfig.DEFAULT);
    }

    @Test
    void everyKeyReachesItsRecord() {
        home.main("""
                mqtt { exclusive-subscriptions = true, shared-strategy = hash-client-id }
                sys { heartbeat = 0s, interval = 5m }
                delayed { enabled = no, max-messages = 7, max-bytes = 1MiB }
                rewrite = [
                  { action = publish, source = "x/#", pattern = "^x/(.+)$", replacement = "y/${clientid}/$1" }
                  { source = "a/+", pattern = "b", replacement = "c" }
                  { action = subscribe, source = "#", pattern = "q", replacement = "r" }
                ]
                auto-subscribe = [
                  { topic = "c/${username}/#", qos = 2, no-local = true, retain-as-published = yes, retain-handling = 1 }
                  { topic = "$queue/jobs" }
                ]
                """);
        RewriteRule first = rule("x/#", "^x/(.+)$", "y/${clientid}/$1");
        RewriteRule both = rule("a/+", "b", "c");
        RewriteRule last = rule("#", "q", "r");

        assertThat(home.config().features())
                .isEqualTo(new FeaturesConfig(
                        true,
                        SharedStrategy.HASH_CLIENT_ID,
                        new SysConfig(Duration.ZERO, Duration.ofMinutes(5)),
                        new DelayedConfig(false, 7, 1024 * 1024),
                        new RewriteRules(List.of(first, both), List.of(both, last)),
                        List.of(
                                given(new Subscription(
                                        "c/${username}/#", Qos.EXACTLY_ONCE, true, true, RetainHandling.SEND_IF_NEW)),
                                given(Subscription.of("$queue/jobs", Qos.AT_MOST_ONCE)))));
    }

    private static RewriteRule rule(String source, String pattern, String replacement) {
        BoundedRegex regex = BoundedRegex.compile(pattern, RewriteRule.PATTERN_BOUNDS);
        return new RewriteRule(source, regex, NameTemplate.withGroups(replacement, regex.groups()));
    }

    private static AutoSubscription given(Subscription options) {
        return new AutoSubscription(NameTemplate.of(options.filter()), options);
    }

    @Test
    void showsTheListsAsTheyAre() {
        home.main("auto-subscribe = [ { topic = \"a\" } ]");

        assertThat(home.load().settings()).anySatisfy(setting -> {
            assertThat(setting.path()).containsExactly("auto-subscribe");
            assertThat(setting.value()).isEqualTo("[{\"topic\":\"a\"}]");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "rewrite = on ! 1:1: `rewrite` must be a list of at most 100 sections such as [{ action = all, source = \"x/#\", pattern = \"^x/(.+)$\", replacement = \"y/$1\" }], not \"on\"",
                "rewrite = [ 5 ] ! 1:13: `rewrite[0]` must be a section such as { action = all, source = \"x/#\", pattern = \"^x/(.+)$\", replacement = \"y/$1\" }, not a single value",
                "rewrite = [ { source = x, pattern = x } ] ! 1:13: `rewrite[0].replacement` is missing: it must be the new topic of 1 to 1024 characters",
                "rewrite = [ { source = x, patern = x, pattern = x, replacement = y } ] ! 1:27: `rewrite[0].patern` is not a known setting; did you mean `pattern`?",
                "rewrite = [ { source = x, pattern = x, replacement = y, action = pub } ] ! 1:57: `rewrite[0].action` must be publish or subscribe or all, not \"pub\"",
                "rewrite = [ { source = \"x#\", pattern = x, replacement = y } ] ! 1:15: `rewrite[0].source` must be a topic filter, where + and # fill a level, not \"x#\"",
                "rewrite = [ { source = x, pattern = \"(\", replacement = y } ] ! 1:27: `rewrite[0].pattern` is no regular expression of RE2 (which has no look-around and no back-references): missing closing )",
                "rewrite = [ { source = x, pattern = \"(x{99}){99}\", replacement = y } ] ! 1:27: `rewrite[0].pattern` repeats too much: its {n} make it too large",
                "rewrite = [ { source = x, pattern = x, replacement = \"$1\" } ] ! 1:40: `rewrite[0].replacement` has $1, but the pattern has 0 groups",
                "rewrite = [ { source = x, pattern = x, replacement = \"${cn}\" } ] ! 1:40: `rewrite[0].replacement` knows no ${cn}: ${clientid} and ${username} are there",
                "auto-subscribe = [ { topic = a }, { topic = \"a#\" } ] ! 1:37: `auto-subscribe[1].topic` must be a topic filter, where + and # fill a level, not \"a#\"",
                "auto-subscribe = [ { topic = \"$delayed/5/a\" } ] ! 1:22: `auto-subscribe[0].topic` must be a topic filter, where + and # fill a level, not \"$delayed/5/a\"",
                "auto-subscribe = [ { topic = \"${name}\" } ] ! 1:22: `auto-subscribe[0].topic` knows no ${name}: ${clientid} and ${username} are there",
                "auto-subscribe = [ { topic = a, qos = 3 } ] ! 1:33: `auto-subscribe[0].qos` must be a whole number from 0 to 2, not 3",
                "sys.interval = 2h ! 1:5: `sys.interval` must be a duration from 0s to 1h in whole seconds with a unit, such as 90s, or never, not \"2h\"",
                "sys.heartbeat = 1ns ! 1:5: `sys.heartbeat` must be a duration from 0s to 1h in whole seconds with a unit, such as 90s, or never, not \"1ns\"",
                "mqtt.shared-strategy = best ! 1:6: `mqtt.shared-strategy` must be random or round-robin or sticky or local or hash-topic or hash-client-id, not \"best\""
            })
    void saysWhatIsWrongAndWhere(String text, String message) {
        home.main(text);

        assertThat(home.errors()).containsExactly("gatehouse.conf:" + message);
    }
}
