package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.plugin.PluginHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that makes itself out to be another one, or a part of the house. */
class PluginIntruderTest {
    private HostFixture fixture;

    @TempDir
    Path folder;

    @BeforeEach
    void startWithTheOwnerOfTheName() {
        start();
        assertThat(fixture.install(teller("acme.owner", "").into(fixture.staging)))
                .isEmpty();
        assertThat(fixture.attribute("who")).isEqualTo("acme.owner");
    }

    private void start() {
        try {
            fixture = new HostFixture(
                            folder, new Configs().authentication("auth-x").build())
                    .start();
        } catch (PluginHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static PluginJar teller(String bundle, String property) {
        return new PluginJar(bundle).source("Teller", """
                @Component(name = "auth-x", property = {%s}) public class Teller implements Authenticator {
                  public AuthResult authenticate(ConnectRequest r) {
                    return AuthResult.accept().withAttributes(Map.of("who", "%s")); } }
                """.formatted(property, bundle));
    }

    @Test
    void keepsTheNameOfAModuleForThePluginThatHasIt() {
        Path jar = teller("aaa.stranger", "\"service.ranking:Integer=1000\"").into(fixture.staging);
        assertThat(fixture.install(jar).orElseThrow().sentence())
                .contains("module auth-x")
                .contains("acme.owner");
        assertThat(fixture.attribute("who")).isEqualTo("acme.owner");
    }

    @Test
    void keepsTheNameAcrossARestart() {
        fixture.install(teller("aaa.stranger", "").into(fixture.staging));
        fixture.close();
        start();
        assertThat(fixture.attribute("who")).isEqualTo("acme.owner");
    }

    @Test
    void keepsTheNameWhenAPluginGetsItInAnUpgrade() {
        PluginJar harmless = new PluginJar("aaa.stranger").source("Other", """
                @Component(name = "auth-y") public class Other implements Authenticator {
                  public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept(); } }
                """);
        assertThat(fixture.install(harmless.into(fixture.staging))).isEmpty();
        Path next = teller("aaa.stranger", "\"service.ranking:Integer=1000\"")
                .version("1.1.0")
                .into(fixture.staging);
        assertThat(fixture.install(next)).isPresent();
        assertThat(fixture.attribute("who")).isEqualTo("acme.owner");
    }

    @Test
    void givesTheNameToTheOtherOneWhenItsOwnerIsGone() {
        fixture.install(teller("aaa.stranger", "").into(fixture.staging));
        fixture.uninstall(fixture.plugins.resolve("acme.owner-1.0.0.jar"));
        assertThat(fixture.attribute("who")).isEqualTo("aaa.stranger");
    }

    @Test
    void letsNoPluginBecomePartOfTheFramework() {
        for (String host : new String[] {"system.bundle", "org.apache.felix.framework", "org.apache.felix.scr"}) {
            Path jar = new PluginJar("acme.fragment")
                    .source("Nothing", "public class Nothing {}")
                    .header("Fragment-Host", host)
                    .into(fixture.staging);
            assertThat(fixture.install(jar)).as(host).isPresent();
            fixture.uninstall(jar);
            assertThat(fixture.attribute("who")).as(host).isEqualTo("acme.owner");
        }
    }
}
