package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators are told, and where. */
class ConfigErrorsTest {
    private static final String BIND =
            "must be address:port in double quotes, such as \"127.0.0.1:1883\" or \"[::1]:1883\", with a port from 0 to 65535";

    private TestHome home;

    @BeforeEach
    void newHome(@TempDir Path folder) {
        home = new TestHome(folder);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                // unknown keys
                mistake(
                        "authorization.no-mach = deny",
                        "1:15: `authorization.no-mach` is not a known setting; did you mean `authorization.no-match`?"),
                mistake(
                        "authorizatoin { }",
                        "1:1: `authorizatoin` is not a known setting; did you mean `authorization`?"),
                mistake(
                        "mqtt {\n\tmaxQueue = 5\n}",
                        "2:2: `mqtt.maxQueue` is not a known setting; did you mean `mqtt.max-queue`?"),
                mistake(
                        "authorization.cache.ttl = 5s",
                        "1:21: `authorization.cache.ttl` is not a known setting; `authorization.cache` has size, time"),
                mistake(
                        "Verbose = true",
                        "1:1: `Verbose` is not a known setting; a top-level key is one of authentication, authorization, interceptors, plugins, mqtt, memory, sys, delayed, rewrite, auto-subscribe, limits, flapping, listeners, or the name of a module"),
                // wrong types
                mistake(
                        "mqtt.max-queue = many",
                        "1:6: `mqtt.max-queue` must be a whole number from 1 to 1000000, not \"many\""),
                mistake(
                        "mqtt.max-queue = [1]",
                        "1:6: `mqtt.max-queue` must be a whole number from 1 to 1000000, not a list"),
                mistake(
                        "mqtt.max-queue = 1.5",
                        "1:6: `mqtt.max-queue` must be a whole number from 1 to 1000000, not 1.5"),
                mistake(
                        "mqtt.max-queue = null",
                        "1:6: `mqtt.max-queue` must be a whole number from 1 to 1000000, not null: leave the key out to get the default"),
                mistake("mqtt = 5", "1:1: `mqtt` must be a section, mqtt { ... }, not 5"),
                mistake(
                        "plugins.trust = signed",
                        "1:9: `plugins.trust` is signed, so `plugins.trust-store` must name the file with the certificates that may sign"),
                mistake(
                        "plugins.trust-store = ${HOME_OF_NONE}",
                        "1:23: `${HOME_OF_NONE}` is neither a setting nor an environment variable: set it, or write `${?HOME_OF_NONE}` if it may be absent"),
                mistake(
                        "plugins.trust-store = []",
                        "1:9: `plugins.trust-store` must be the name of a file in quotes, not a list"),
                mistake(
                        "plugins.allow-list = [\"sha1:12\"]",
                        "1:23: `plugins.allow-list[0]` must be \"sha256:\" and 64 hexadecimal digits, not \"sha1:12\""),
                mistake(
                        "plugins.trust-store-password = null",
                        "1:9: `plugins.trust-store-password` must be a secret text of at most 4096 characters, or \"file:/path\"; its value is not shown"),
                mistake(
                        "plugins.trust-store-password = [hunter2]",
                        "1:9: `plugins.trust-store-password` must be a secret text of at most 4096 characters, or \"file:/path\"; its value is not shown"),
                mistake(
                        "authorization.no-match = maybe",
                        "1:15: `authorization.no-match` must be deny or allow, not \"maybe\""),
                mistake(
                        "authentication.chain = auth-jwt",
                        "1:16: `authentication.chain` must be a list of at most 64 module names such as [auth-builtin, auth-ldap.corp], not \"auth-jwt\""),
                mistake(
                        "listeners.tcp.default.enabled = maybe",
                        "1:23: `listeners.tcp.default.enabled` must be true or false, not \"maybe\""),
                // out of bounds
                mistake(
                        "mqtt { max-queue = 0 }",
                        "1:8: `mqtt.max-queue` must be a whole number from 1 to 1000000, not 0"),
                mistake(
                        "mqtt.max-packet-size = 1GiB",
                        "1:6: `mqtt.max-packet-size` must be a size from 1KiB to 256MiB, such as 512KiB, not \"1GiB\""),
                mistake(
                        "authentication.deadline = 1h",
                        "1:16: `authentication.deadline` must be a duration from 10ms to 10m with a unit, such as 5s, not \"1h\""),
                mistake(
                        "authentication.deadline = 5",
                        "1:16: `authentication.deadline` must be a duration from 10ms to 10m with a unit, such as 5s, not 5"),
                mistake(
                        "mqtt.max-keep-alive = 500ms",
                        "1:6: `mqtt.max-keep-alive` must be a duration from 0s to 65535s in whole seconds with a unit, such as 90s, or never, not \"500ms\""),
                mistake(
                        "mqtt.connect-timeout = never",
                        "1:6: `mqtt.connect-timeout` must be a duration from 100ms to 10m with a unit, such as 5s, not \"never\""),
                // chains
                mistake(
                        "authentication.chain = [\n  auth-jwt,\n  auth_x\n]",
                        "3:3: `authentication.chain[1]` must be a module name such as auth-builtin or auth-ldap.corp, not \"auth_x\""),
                mistake(
                        "interceptors.publish = [a, b, a]",
                        "1:31: `interceptors.publish[2]` names a a second time: a module is asked once"),
                // listeners
                mistake(
                        "listeners.tcp.default.bind = 1883",
                        "1:23: `listeners.tcp.default.bind` " + BIND + ", not 1883"),
                mistake(
                        "listeners.tcp.b.bind = \"::1:1884\"",
                        "1:17: `listeners.tcp.b.bind` " + BIND + ", not \"::1:1884\""),
                mistake("listeners.tcp.b { }", "1:15: `listeners.tcp.b.bind` is missing: it " + BIND),
                mistake(
                        "listeners.tcp.B.bind = \"a:1\"",
                        "1:15: `listeners.tcp.B`: the name of a listener is made of a-z, 0-9 and dashes"),
                mistake(
                        "listeners.wss.a.bind = \"a:1\"",
                        "1:11: `listeners.wss` is not available in this version: use a tcp or ws listener"),
                mistake(
                        "listeners.udp.a.bind = \"a:1\"",
                        "1:11: `listeners.udp` is not a known setting; `listeners` has tcp, ws"),
                mistake(
                        "listeners.tcp.a.bind = \"0.0.0.0:1883\"",
                        "1:17: `listeners.tcp.a` cannot listen on 0.0.0.0:1883 beside `listeners.tcp.default` on 127.0.0.1:1883: change one, or set listeners.tcp.default.enabled = false"),
                // syntax
                mistake("mqtt {\n  max-queue = 5\n", "1:6: this `{` is never closed"),
                mistake("mqtt.max-queue = 5 }", "1:20: there is no `{` that this `}` closes"),
                mistake(
                        "authentication.chain = [a, b\nmqtt.max-queue = 5",
                        "1:24: this `[` is not closed before the next key"),
                mistake("a = \"b\nc = 1", "1:5: this `\"` is not closed on its line"),
                mistake("a = \"\"\"b\nc = 1", "1:5: this `\"\"\"` is never closed"),
                mistake(
                        "listeners.tcp.default.bind = 127.0.0.1:1883",
                        "1:39: `:` may stand in double quotes only: put the whole value in double quotes"),
                mistake("mqtt.max-queue 5", "1:17: after the key `max-queue 5` a `=` is expected"),
                mistake("mqtt.max-queue =", "1:17: the key `max-queue` has no value"),
                mistake("x = ${A", "1:5: this `${` is not closed on its line"),
                mistake("[1]", "1:1: the file must hold keys and values, not a list"),
                mistake(
                        "mqtt..max-queue = 5",
                        "1:1: this is not valid HOCON: path has a leading, trailing, or two adjacent period '.' (use quoted \"\" empty string if you want an empty element)"),
                // substitutions
                mistake(
                        "mqtt.max-queue = ${QUEUE}",
                        "1:18: `${QUEUE}` is neither a setting nor an environment variable: set it, or write `${?QUEUE}` if it may be absent"),
                mistake("x = ${y}\ny = ${x}", "2:5: `${x}` refers to itself in a circle"),
                // includes
                mistake("include \"../secret.conf\"", "1:1: the included file `../secret.conf` does not exist"),
                mistake(
                        "\ninclude url(\"https://example.org/x\")",
                        "2:1: include url(...) is refused: copy the file below conf"),
                mistake("include classpath(\"x\")", "1:1: include classpath(...) is refused: copy the file below conf"),
                mistake(
                        "include \"https://example.org/x\"",
                        "1:1: the included file `https://example.org/x` does not exist"));
    }

    private static Arguments mistake(String text, String expected) {
        return Arguments.of(text, expected);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesThePlaceAndTheRemedy(String text, String expected) {
        home.main(text);

        assertThat(home.load().config()).isNull();
        assertThat(home.errors())
                .map(error -> error.replace(home.path("conf").toString(), "conf"))
                .containsExactly("gatehouse.conf:" + expected);
    }

    @Test
    void reportsAllErrorsOfAllFilesAtOnceInTheirOrder() {
        home.main("mqtt.max-queue = 0\nmqtt.max-retained = x\nauthentication.deadline = ${A}\nmqtt.max-inflight = ${B}")
                .write("conf/conf.d/a.conf", "mqtt { max-inflite = 5, max-topic-levels = 0 }")
                .write("data/overlay.conf", "interceptors.deadline = 1us")
                .set("authorization.no-match=maybe", "nonsense");

        assertThat(home.errors())
                .map(error -> error.substring(0, error.indexOf(": ")))
                .containsExactly(
                        "gatehouse.conf:1:6",
                        "gatehouse.conf:2:6",
                        "gatehouse.conf:3:27",
                        "gatehouse.conf:4:21",
                        "conf.d/a.conf:1:8",
                        "conf.d/a.conf:1:25",
                        "data/overlay.conf:1:14",
                        "--set authorization.no-match",
                        "--set nonsense");
    }

    @Test
    void reportsTheOtherFilesToo_whenOneIsNotHocon() {
        home.main("mqtt {").write("conf/conf.d/a.conf", "mqtt.max-queue = 0").write("conf/conf.d/b.conf", "}");

        assertThat(home.errors())
                .containsExactly(
                        "gatehouse.conf:1:6: this `{` is never closed",
                        "conf.d/a.conf:1:6: `mqtt.max-queue` must be a whole number from 1 to 1000000, not 0",
                        "conf.d/b.conf:1:1: there is no `{` that this `}` closes");
    }

    @Test
    void blamesNobodyForReferringToATextThatCouldNotBeRead() {
        home.main("queue = 5\nmqtt {").write("conf/conf.d/a.conf", "mqtt.max-queue = ${queue}");

        assertThat(home.errors()).containsExactly("gatehouse.conf:2:6: this `{` is never closed");
    }

    @Test
    void blamesTheMentionThatIsInEffect() {
        home.main("mqtt.max-queue = 5\nmqtt {\n  max-queue = 0\n}\nmqtt.max-queue = ${?UNSET}");

        assertThat(home.errors()).singleElement().asString().startsWith("gatehouse.conf:3:3: ");
    }

    @Test
    void saysWhenTheEnvironmentIsToBlame() {
        home.main("mqtt.max-queue = 5\nmqtt.max-queue = ${?QUEUE}").env("QUEUE", "lots");

        assertThat(home.errors())
                .containsExactly("gatehouse.conf:2:6: `mqtt.max-queue` must be a whole number from 1 to 1000000,"
                        + " not \"lots\" (from the environment variable QUEUE)");
    }

    @Test
    void blamesTheIncludedFileInsideASection() {
        home.main("mqtt {\n include \"mqtt.conf\"\n}").write("conf/mqtt.conf", "\n  max-queue = 0");

        assertThat(home.errors()).singleElement().asString().startsWith("mqtt.conf:2:3: `mqtt.max-queue`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"=5", "a..b=5", "\"a=5", "mqtt.max-queue=[1", "mqtt.max-queue=[a b ]]", "mqtt.max-queue={a=${"})
    void refusesASettingThatIsNone(String setting) {
        home.set(setting);

        assertThat(home.errors()).singleElement().asString().startsWith("--set ");
    }

    @Test
    void followsNoLinkOutOfItsFolder(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("secret.conf"), "mqtt.max-queue = 5");
        home.main("include \"link.conf\"");
        Files.createSymbolicLink(home.path("conf/link.conf"), elsewhere.resolve("secret.conf"));

        assertThat(home.errors())
                .singleElement()
                .asString()
                .startsWith("gatehouse.conf:1:1: `link.conf` is outside of ")
                .endsWith(": include files below it only");
    }

    @Test
    void refusesAFileOutsideOfItsFolderByItsName() {
        home.main("include \"../outside.conf\"").write("outside.conf", "mqtt.max-queue = 5");

        assertThat(home.errors()).singleElement().asString().contains("`../outside.conf` is outside of ");
    }

    @Test
    void endsAnIncludeCircle() {
        home.main("include \"a.conf\"").write("conf/a.conf", "include \"a.conf\"");

        assertThat(home.errors()).singleElement().asString().contains("includes are nested more than 8 deep");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        home.write("conf/gatehouse.conf", "# caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(home.errors()).containsExactly("gatehouse.conf: this file is not UTF-8 text: save it as UTF-8");
    }

    @Test
    void saysThatTheFileIsAbsent() throws IOException {
        Files.delete(home.path("conf/gatehouse.conf"));

        assertThat(home.errors())
                .containsExactly(
                        "gatehouse.conf: this file does not exist: create it, or name another one with --config");
    }

    @Test
    void refusesAFolderInPlaceOfAFile() throws IOException {
        Files.createDirectories(home.path("conf/conf.d/a.conf"));

        assertThat(home.errors()).containsExactly("conf.d/a.conf: this file is not a regular file");
    }

    @Test
    void refusesAFileInPlaceOfAFolder() {
        home.write("conf/conf.d", "");

        assertThat(home.errors()).containsExactly("conf.d: must be a folder of *.conf files");
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        home.main("#".repeat(4 * 1024 * 1024 + 1));

        assertThat(home.errors()).containsExactly("gatehouse.conf: this file is larger than 4MiB");
    }

    @Test
    void refusesMoreFilesThanTheBound() {
        for (int i = 0; i < 1_000; i++) {
            home.write("conf/conf.d/%04d.conf".formatted(i), "");
        }

        assertThat(home.errors())
                .containsExactly(
                        "conf.d/0999.conf: this file is one too many: at most 1000 files and 64MiB in all are read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a={", "a=[", "a.", "{a:[{"})
    void refusesDeepNesting(String part) {
        home.main(part.startsWith("{") ? "x = " + part.repeat(100_000) : part.repeat(100_000) + "a=1");

        assertThat(home.errors())
                .singleElement()
                .asString()
                .endsWith("sections and lists are nested more than 64 deep");
    }

    @Test
    void survivesSubstitutionsThatReferToEachOtherDeeply() throws InterruptedException {
        StringBuilder text = new StringBuilder("v0 = 1\n");
        for (int i = 1; i < 5_000; i++) {
            text.append("v").append(i).append(" = ${v").append(i - 1).append("}\n");
        }
        home.main(text.toString());
        List<String> errors = new CopyOnWriteArrayList<>();

        Thread shallow = new Thread(null, () -> errors.addAll(home.errors()), "shallow", 256 * 1024);
        shallow.start();
        shallow.join();

        assertThat(errors).containsExactly("gatehouse.conf: substitutions refer to each other too deep to be followed");
    }

    @Test
    void showsNoMoreThanAHundredProblems() {
        StringBuilder text = new StringBuilder("mqtt {\n");
        for (int i = 0; i < 250; i++) {
            text.append("unknown").append(i).append(" = 1\n");
        }
        home.main(text.append('}').toString());

        assertThat(home.errors()).hasSize(101).last().isEqualTo("configuration: 150 more problems are not shown");
    }

    @Test
    void quotesNoControlCharacters() {
        home.main("authorization.no-match = \"\\u001b[2Jdeny\"");

        assertThat(home.errors())
                .singleElement()
                .asString()
                .doesNotContain("\u001b")
                .contains("\\u001b[2Jdeny");
    }
}
