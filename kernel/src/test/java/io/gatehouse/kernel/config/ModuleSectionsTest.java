package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings of modules, checked against what the installed jars describe. */
class ModuleSectionsTest {
    private static final String ATTRIBUTES = """
            <AD id="userIdType" type="String" default="username">
              <Option label="" value="username"/><Option label="" value="clientid"/>
            </AD>
            <AD id="memory.cost" type="Integer" min="8" max="1024" default="64"/>
            <AD id="timeoutMs" type="Long" max="9007199254740993" default="1000"/>
            <AD id="level" type="Byte" default="1"/>
            <AD id="port" type="Short" default="1"/>
            <AD id="ratio" type="Double" min="0" max="1" default="0.5"/>
            <AD id="weight" type="Float" default="0.5"/>
            <AD id="strict" type="Boolean" default="true"/>
            <AD id="separator" type="Character" default=","/>
            <AD id="url" type="String" min="3" required="false"/>
            <AD id="ports" type="Integer" cardinality="10" min="1" default=""/>
            <AD id="names" type="String" cardinality="-10" default=""/>
            <AD id="bindPassword" type="Password" min="2" required="false"/>
            <AD id="apiToken" type="String" max="4" required="false"/>
            """;

    private TestHome home;

    @BeforeEach
    void newHome(@TempDir Path folder) {
        home = new TestHome(folder)
                .module("auth-x", "pid", ATTRIBUTES)
                .module("auth-ldap", "factoryPid", "<AD id=\"url\" type=\"String\"/>");
    }

    private ModuleConfig module(String name) {
        return Objects.requireNonNull(home.config().modules().get(name), name);
    }

    @Test
    void givesConfigAdminIdentifiersAndTypes() {
        home.main("""
                auth-x {
                  user-id-type = clientid, memory-cost = 128, timeout-ms = 9007199254740993, level = 5, port = 6
                  ratio = 0.25, weight = 1.5, strict = off, separator = ";", url = "ldap://x"
                  ports = [1, "2"], names = [a, b], bind-password = "s3cret"
                }
                """);

        assertThat(module("auth-x").properties())
                .hasSize(13)
                .containsEntry("userIdType", "clientid")
                .containsEntry("memory.cost", 128)
                .containsEntry("timeoutMs", 9007199254740993L)
                .containsEntry("level", (byte) 5)
                .containsEntry("port", (short) 6)
                .containsEntry("ratio", 0.25)
                .containsEntry("weight", 1.5f)
                .containsEntry("strict", false)
                .containsEntry("separator", ';')
                .containsEntry("url", "ldap://x")
                .containsEntry("ports", new Integer[] {1, 2})
                .containsEntry("names", new String[] {"a", "b"})
                .containsEntry("bindPassword", "s3cret");
    }

    @Test
    void leavesDefaultsToTheModule() {
        home.main("auth-x { }");

        assertThat(module("auth-x").properties()).isEmpty();
    }

    @Test
    void givesEachInstanceOfAFactoryItsOwn() {
        home.main("auth-ldap { corp { url = a }, 2nd.url = b }");

        assertThat(module("auth-ldap.corp").properties()).containsEntry("url", "a");
        assertThat(module("auth-ldap.2nd").instance()).isEqualTo("2nd");
        assertThat(home.config().modules()).hasSize(2);
    }

    @Test
    void readsASecretFromItsFile() {
        home.main("auth-x.bind-password = \"file:secret\"").write("conf/secret", "s3cret\r\n");

        assertThat(module("auth-x").properties()).containsEntry("bindPassword", "s3cret");
        assertThat(home.load().files()).contains(home.path("conf/secret"));
    }

    @Test
    void readsFilesForSecretsOnly() {
        home.main("auth-x.url = \"file:secret\"").write("conf/secret", "s3cret");

        assertThat(module("auth-x").properties()).containsEntry("url", "file:secret");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "auth-x.user-id-typ = x",
                        "1:8: `auth-x.user-id-typ` is not a known setting; did you mean `auth-x.user-id-type`?"),
                mistake(
                        "auth-x.userIdType = username",
                        "1:8: `auth-x.userIdType` is not a known setting; did you mean `auth-x.user-id-type`?"),
                mistake(
                        "auth-x.user-id-type = email",
                        "1:8: `auth-x.user-id-type` must be username or clientid, not \"email\""),
                mistake(
                        "auth-x.memory-cost = 7",
                        "1:8: `auth-x.memory-cost` must be a whole number from 8 to 1024, not 7"),
                mistake(
                        "auth-x.memory-cost = 1MiB",
                        "1:8: `auth-x.memory-cost` must be a whole number from 8 to 1024, not \"1MiB\""),
                mistake(
                        "auth-x.timeout-ms = 9007199254740994",
                        "1:8: `auth-x.timeout-ms` must be a whole number at most 9007199254740993, not 9007199254740994"),
                mistake("auth-x.level = 128", "1:8: `auth-x.level` must be a whole number, not 128"),
                mistake("auth-x.ratio = 1.01", "1:8: `auth-x.ratio` must be a number from 0 to 1, not 1.01"),
                mistake("auth-x.strict = 1", "1:8: `auth-x.strict` must be true or false, not 1"),
                mistake("auth-x.separator = ab", "1:8: `auth-x.separator` must be one character, not \"ab\""),
                mistake("auth-x.url = ab", "1:8: `auth-x.url` must be a text of at least 3 characters, not \"ab\""),
                mistake(
                        "auth-x.url { a = b }",
                        "1:8: `auth-x.url` must be a text of at least 3 characters, not a section"),
                mistake(
                        "auth-x.ports = 5",
                        "1:8: `auth-x.ports` must be a list of which each element is a whole number at least 1, not 5"),
                mistake("auth-x.ports = [1, 0]", "1:20: `auth-x.ports[1]` must be a whole number at least 1, not 0"),
                mistake("auth-x = secret", "1:1: `auth-x` must be a section, auth-x { ... }, not a text"),
                mistake(
                        "auth-x.bind-password = s",
                        "1:8: `auth-x.bind-password` must be a secret text or \"file:/path\" of at least 2 characters; its value is not shown"),
                mistake(
                        "auth-x.api-token = s3cret",
                        "1:8: `auth-x.api-token` must be a text of at most 4 characters (its value is not shown)"),
                mistake(
                        "auth-x.bind-password = \"file:/nowhere/x\"",
                        "1:8: `auth-x.bind-password` names the file /nowhere/x, which does not exist"),
                mistake("auth-ldap.corp { }", "1:11: `auth-ldap.corp.url` is missing: it must be a text"),
                mistake(
                        "auth-ldap.url = x",
                        "1:11: `auth-ldap` is configured per instance: write auth-ldap { <name> { url = ... } }"),
                mistake(
                        "auth-ldap.Corp.url = x",
                        "1:11: `auth-ldap.Corp`: the name of an instance is made of a-z, 0-9 and dashes"),
                mistake(
                        "auth-lpad.corp.url = x",
                        "1:1: `auth-lpad` is not a known setting; did you mean `auth-ldap`?"));
    }

    private static Arguments mistake(String text, String expected) {
        return Arguments.of(text, expected);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesThePlaceAndTheRemedy(String text, String expected) {
        home.main(text);

        assertThat(home.errors()).containsExactly("gatehouse.conf:" + expected);
    }

    @Test
    void refusesASecretFileThatIsEmptyOrTooLarge() {
        home.main("auth-x.bind-password = \"file:empty\"").write("conf/empty", "\n");
        assertThat(home.errors()).singleElement().asString().endsWith("names the file empty, which is empty");

        home.main("auth-x.bind-password = \"file:large\"").write("conf/large", "x".repeat(64 * 1024 + 1));
        assertThat(home.errors())
                .singleElement()
                .asString()
                .endsWith("names the file large, which is larger than 64KiB");
    }

    @Test
    void warnsOfSettingsForAModuleThatIsNotInstalledAndKeepsThemOut() {
        home.main("\npayload-signing { key = a }");

        assertThat(home.warnings())
                .containsExactly(
                        "gatehouse.conf:2:1: no module `payload-signing` is installed: these settings are not used");
        assertThat(home.config().modules()).isEmpty();
    }

    @Test
    void aNameInAChainIsNotTakenForAMisspelling() {
        home.main("authentication.chain = [auth-y]\nauth-y.a = 1");

        assertThat(home.errors()).isEmpty();
        assertThat(home.warnings()).singleElement().asString().contains("no module `auth-y` is installed");
    }

    @Test
    void aModuleThatDescribesNothingTakesAnyFlatKeys() {
        home.jar(
                        "z.jar",
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nService-Component: OSGI-INF/z.xml\n",
                        "OSGI-INF/z.xml",
                        "<component name=\"auth-z\"/>")
                .main("auth-z { some-key = x, number = 5, ratio = 0.5, yes = true, list = [a, 1] }");

        assertThat(module("auth-z").properties())
                .hasSize(5)
                .containsEntry("someKey", "x")
                .containsEntry("number", 5L)
                .containsEntry("ratio", 0.5)
                .containsEntry("yes", true)
                .containsEntry("list", new String[] {"a", "1"});

        home.main("auth-z { a-b = 1, aB = 2, ab = 3, nested { x = hush } }");
        assertThat(home.errors())
                .containsExactly(
                        "gatehouse.conf:1:19: `auth-z.aB`: a key is made of a-z, 0-9 and dashes",
                        "gatehouse.conf:1:27: `auth-z.ab` is the same setting as another one spelt alike",
                        "gatehouse.conf:1:35: `auth-z.nested` must be a text, a number, true or false, or a list of texts"
                                + " (its value is not shown)");
    }

    @Test
    void twoThatSayTheSameAreEqualAndShowNoValues() {
        home.main("auth-x { names = [a], bind-password = s3cret }");
        ModuleConfig one = module("auth-x");

        assertThat(module("auth-x")).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(one).hasToString("ModuleConfig[auth-x [bindPassword, names]]");
        home.main("auth-x { names = [b], bind-password = s3cret }");
        assertThat(module("auth-x")).isNotEqualTo(one);
    }
}
