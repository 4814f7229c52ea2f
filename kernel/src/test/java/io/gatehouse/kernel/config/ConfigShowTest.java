package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigShowTest {
    private TestHome home;

    @BeforeEach
    void newHome(@TempDir Path folder) {
        home = new TestHome(folder).module("auth-x", "pid", """
                        <AD id="bindDn" type="Password" required="false"/>
                        <AD id="apiToken" type="String" required="false"/>
                        <AD id="url" type="String" required="false"/>
                        <AD id="cost" type="Integer" default="5"/>
                        <AD id="hosts" type="String" cardinality="9" default="a,b"/>
                        """);
    }

    @Test
    void showsEverySettingWithItsOrigin() {
        home.main("mqtt.max-queue = 5").set("mqtt.max-inflight=6");

        assertThat(ConfigShow.text(home.load(), true))
                .contains("mqtt.max-queue = 5  # " + home.path("conf/gatehouse.conf") + ":1:6\n")
                .contains("mqtt.max-inflight = \"6\"  # --set mqtt.max-inflight\n")
                .contains("authorization.no-match = \"deny\"  # default\n")
                .contains("listeners.tcp.default.max-connections = 1000000  # default\n")
                .contains("auth-x.cost = 5  # default\n")
                .contains("auth-x.hosts = [\"a\",\"b\"]  # default\n");
    }

    @Test
    void showsTheOriginOfWhatCameThroughASubstitution() {
        home.main("auth-x = ${base}\nbase { url = a }");

        assertThat(ConfigShow.text(home.load(), true))
                .contains("auth-x.url = \"a\"  # " + home.path("conf/gatehouse.conf") + ":1:1\n");
    }

    @Test
    void whatItShowsCanBeReadAgain() {
        home.main("auth-x { cost = 7, url = \"a b\" }\nlisteners.tcp.six.bind = \"[::1]:0\"");
        ConfigResult shown = home.load();

        home.main(ConfigShow.text(shown, false));

        assertThat(home.load().config()).isNotNull();
        assertThat(home.load().settings())
                .map(EffectiveSetting::value)
                .containsExactlyElementsOf(
                        shown.settings().stream().map(EffectiveSetting::value).toList());
    }

    @Test
    void writesTheSameAsJson() {
        home.main("auth-x.url = \"a\\\"b\"");

        Config json = ConfigFactory.parseString(ConfigShow.json(home.load()));

        assertThat(json.getInt("mqtt.max-queue")).isEqualTo(1000);
        assertThat(json.getString("auth-x.url")).isEqualTo("a\"b");
        assertThat(json.getStringList("authentication.chain")).containsExactly("auth-builtin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth-x.bind-dn = hunter2",
                "auth-x.api-token = hunter2",
                "auth-x.url = \"ldap://user:hunter2@host/x\"",
                "auth-x.hosts = [\"ldap://user:hunter2@host\"]",
                "auth-x { url { password = hunter2 } }",
                "auth-gone { anything = hunter2 }",
                "auth-gone = hunter2",
                "mqtt.max-queue { x = hunter2 }",
                "mqtt = hunter2",
                "auth-x.bind-dn = [hunter2]",
                "auth-x.bind-dn = hunter2 {",
                "auth-x.bind-dn = hunter2\nauth-x.api-token = ${auth-x.bind-dn} { a = 1 }",
                "auth-x.password = hunter2@",
                "auth-x.password = \"hunter2",
                "auth-x.bind-dn = \"hunter2\" [1]",
                "auth-x.api-token = { a = hunter2 }"
            })
    void neverShowsASecret(String text) {
        home.main(text);
        ConfigResult result = home.load();

        assertThat(result.toString() + ConfigShow.text(result, true) + ConfigShow.json(result))
                .doesNotContain("hunter2");
    }
}
