package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.broker.ModuleInfo.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with one plugin: the others run, and the operator is told in one plain sentence. */
class PluginFailuresTest {
    @TempDir
    Path folder;

    private HostFixture fixture(String... chain) {
        HostFixture fixture =
                new HostFixture(folder, new Configs().authentication(chain).build());
        good().into(fixture.plugins);
        return fixture;
    }

    private static PluginJar good() {
        return authenticator("acme.good", "auth-good", "");
    }

    private static PluginJar authenticator(String bundle, String component, String more) {
        return new PluginJar(bundle).source("Auth", """
                @Component(name = "%s") public class Auth implements Authenticator { %s
                  public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept(); } }
                """.formatted(component, more));
    }

    private static void assertGoodRuns(HostFixture fixture) {
        assertThat(fixture.module("auth-good").state()).isEqualTo(State.ACTIVE);
        assertThat(fixture.authenticate()).isInstanceOf(AuthOutcome.Accepted.class);
    }

    @Test
    void reportsAHalfCopiedJar() throws Exception {
        try (HostFixture fixture = fixture("auth-good")) {
            Path whole = authenticator("acme.half", "auth-half", "").into(fixture.staging);
            byte[] bytes = Files.readAllBytes(whole);
            Files.write(fixture.plugins.resolve("half.jar"), Arrays.copyOf(bytes, bytes.length / 2));
            fixture.start();
            ModuleInfo module = fixture.module("half.jar");
            assertThat(module.state()).isEqualTo(State.FAILED);
            assertThat(module.detail())
                    .startsWith("half.jar: it is not a readable jar")
                    .contains("copy it again");
            assertGoodRuns(fixture);
        }
    }

    @Test
    void reportsAJarThatIsNoBundle() throws Exception {
        try (HostFixture fixture = fixture("auth-good")) {
            try (JarOutputStream jar =
                    new JarOutputStream(Files.newOutputStream(fixture.plugins.resolve("plain.jar")), new Manifest())) {
                jar.finish();
            }
            fixture.start();
            assertThat(fixture.module("plain.jar").detail())
                    .contains("no Bundle-SymbolicName")
                    .contains("bnd");
            assertGoodRuns(fixture);
        }
    }

    @Test
    void reportsAMissingPackageWithWhoOffersWhat() throws Exception {
        try (HostFixture fixture = fixture("auth-good")) {
            authenticator("acme.far", "auth-far", "")
                    .header(
                            "Import-Package",
                            "com.nobody.lib;version=\"[1.2,2)\",io.gatehouse.sdk.auth;version=\"[9,10)\",*")
                    .into(fixture.plugins);
            fixture.start();
            ModuleInfo module = fixture.module("auth-far");
            assertThat(module.state()).isEqualTo(State.FAILED);
            assertThat(module.bundle()).isEqualTo("acme.far");
            assertThat(module.detail())
                    .contains("it needs the package com.nobody.lib [1.2.0,2.0.0), but nobody offers it: put a bundle")
                    .contains("it needs the package io.gatehouse.sdk.auth [9.0.0,10.0.0), but only 0.1.0 is offered by"
                            + " Gatehouse: build it against the SDK of this version of Gatehouse");
            assertGoodRuns(fixture);
        }
    }

    @Test
    void reportsAndLaterStartsABundleThatLacksAnother() throws Exception {
        try (HostFixture fixture = fixture("auth-good", "auth-needy")) {
            Path library = new PluginJar("acme.library")
                    .source(
                            "acme.library",
                            "Words",
                            "public class Words { public static String hello() { return \"hello\"; } }")
                    .header("Export-Package", "acme.library;version=1.5.0")
                    .into(fixture.staging);
            authenticator("acme.needy", "auth-needy", "final String words = acme.library.Words.hello();")
                    .using(library)
                    .into(fixture.plugins);
            fixture.start();
            assertThat(fixture.module("auth-needy").detail())
                    .contains("it needs the package acme.library [1.5.0,2.0.0)");
            assertThat(fixture.install(library)).isEmpty();
            assertThat(fixture.module("auth-needy").state()).isEqualTo(State.ACTIVE);
        }
    }

    @Test
    void reportsABundleThatNeedsOneThatDoesNotRunItself() throws Exception {
        try (HostFixture fixture = fixture("auth-good")) {
            Path library = new PluginJar("acme.library")
                    .source(
                            "acme.library",
                            "Words",
                            "public class Words { public static String hello() { return \"hello\"; } }")
                    .header("Export-Package", "acme.library;version=1.5.0")
                    .header("Import-Package", "com.nobody.lib")
                    .into(fixture.plugins);
            authenticator("acme.needy", "auth-needy", "final String words = acme.library.Words.hello();")
                    .using(library)
                    .into(fixture.plugins);
            fixture.start();
            assertThat(fixture.module("auth-needy").detail())
                    .contains("it needs bundle acme.library, which does not run itself");
            assertThat(fixture.module("acme.library-1.0.0.jar").detail()).contains("com.nobody.lib");
        }
    }

    @Test
    void reportsASecondJarOfTheSameBundle() throws Exception {
        try (HostFixture fixture = fixture("auth-good")) {
            Path copy = good().into(fixture.staging);
            Files.move(copy, fixture.plugins.resolve("zz-copy.jar"));
            fixture.start();
            assertThat(fixture.module("auth-good").detail())
                    .isEqualTo(
                            "zz-copy.jar: it is the same bundle in the same version as acme.good-1.0.0.jar: remove one of"
                                    + " the two");
            assertGoodRuns(fixture);
        }
    }

    @Test
    void reportsAnActivationThatThrows() throws Exception {
        try (HostFixture fixture = fixture("auth-good", "auth-bad")) {
            authenticator("acme.bad", "auth-bad", """
                    @Activate void start() { throw new IllegalStateException("the file users.db is missing"); }
                    """).into(fixture.plugins);
            fixture.start();
            ModuleInfo module = fixture.module("auth-bad");
            assertThat(module.state()).isEqualTo(State.FAILED);
            assertThat(module.detail()).contains("could not be activated").contains("the file users.db is missing");
            assertThat(fixture.module("auth-good").state()).isEqualTo(State.ACTIVE);
        }
    }

    @Test
    void reportsAnUnsatisfiedReference() throws Exception {
        try (HostFixture fixture = fixture("auth-good")) {
            authenticator("acme.lonely", "auth-lonely", "@Reference Runnable runnable;")
                    .into(fixture.plugins);
            fixture.start();
            ModuleInfo module = fixture.module("auth-lonely");
            assertThat(module.state()).isEqualTo(State.WAITING);
            assertThat(module.roles()).containsExactly("Authenticator");
            assertThat(module.detail())
                    .isEqualTo(
                            "it waits for a service java.lang.Runnable, which nobody offers: put a bundle that does into"
                                    + " plugins/");
        }
    }

    @Test
    void reportsWhoWouldOfferWhatAModuleWaitsFor() throws Exception {
        try (HostFixture fixture = fixture("auth-good")) {
            authenticator("acme.lonely", "auth-lonely", "@Reference Runnable runnable;")
                    .into(fixture.plugins);
            new PluginJar("acme.runner").source("Runner", """
                        @Component(name = "runner", configurationPolicy = ConfigurationPolicy.REQUIRE)
                        public class Runner implements Runnable { public void run() {} }
                        """).into(fixture.plugins);
            fixture.start();
            assertThat(fixture.module("auth-lonely").detail())
                    .contains("which component runner of bundle acme.runner would offer but does not");
        }
    }

    @Test
    void reportsAModuleThatWantsAConfiguration() throws Exception {
        try (HostFixture fixture = fixture("auth-good", "auth-strict")) {
            new PluginJar("acme.strict").source("Strict", """
                        @Component(name = "auth-strict", configurationPolicy = ConfigurationPolicy.REQUIRE)
                        public class Strict implements Authenticator {
                          public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept(); } }
                        """).into(fixture.plugins);
            fixture.start();
            assertThat(fixture.module("auth-strict").state()).isEqualTo(State.WAITING);
            assertThat(fixture.module("auth-strict").detail()).contains("add auth-strict { ... } to the configuration");
            fixture.host.reload(new Configs()
                    .authentication("auth-strict")
                    .module("auth-strict", "", Map.of("realm", "x"))
                    .build());
            await().untilAsserted(() ->
                    assertThat(fixture.module("auth-strict").state()).isEqualTo(State.ACTIVE));
        }
    }

    @Test
    void reportsNamesInChainsThatNobodyOffers() throws Exception {
        try (HostFixture fixture = fixture("auth-good", "auth-nowhere", "auth-good.corp")) {
            fixture.start();
            assertThat(fixture.module("auth-nowhere").state()).isEqualTo(State.ABSENT);
            assertThat(fixture.module("auth-nowhere").detail())
                    .contains("authentication.chain names it, but no plugin offers it");
            assertThat(fixture.module("auth-good.corp").detail())
                    .contains("auth-good has no such instance: add auth-good { corp { ... } }");
        }
    }

    @Test
    void reportsAModuleThatIsInTheWrongChain() throws Exception {
        HostFixture fixture =
                new HostFixture(folder, new Configs().authorization("auth-good").build());
        good().into(fixture.plugins);
        try (fixture) {
            fixture.start();
            assertThat(fixture.module("auth-good").state()).isEqualTo(State.DEGRADED);
            assertThat(fixture.module("auth-good").detail())
                    .isEqualTo("authorization.sources names it, but it is no Authorizer: take it out of"
                            + " authorization.sources");
        }
    }

    @Test
    void reportsAPluginWithACopyOfTheSdk() throws Exception {
        try (HostFixture fixture = fixture("auth-good")) {
            authenticator("acme.copy", "auth-copy", "")
                    .header("-privatepackage", "acme,io.gatehouse.sdk.*")
                    .header("Import-Package", "!io.gatehouse.sdk.*,org.jspecify.annotations;resolution:=optional,*")
                    .into(fixture.plugins);
            fixture.start();
            assertThat(fixture.module("auth-copy").state()).isNotEqualTo(State.ACTIVE);
            assertThat(fixture.module("auth-copy").detail()).contains("without a copy of the SDK's classes");
            assertGoodRuns(fixture);
        }
    }

    @Test
    void showsADegradedPlugin() throws Exception {
        try (HostFixture fixture = fixture("auth-good")) {
            new PluginJar("acme.sick").source("Sick", """
                        @Component(name = "sick") public class Sick implements PluginHealth {
                          public Status health() { return new Status.Degraded("the disk is full"); } }
                        """).source("Mute", """
                        @Component(name = "mute") public class Mute implements PluginHealth {
                          public Status health() { throw new IllegalStateException("no idea"); } }
                        """).into(fixture.plugins);
            fixture.start();
            await().untilAsserted(() -> {
                assertThat(fixture.module("sick").state()).isEqualTo(State.DEGRADED);
                assertThat(fixture.module("sick").detail()).isEqualTo("the disk is full");
                assertThat(fixture.module("mute").detail())
                        .contains("could not tell its health")
                        .contains("no idea");
            });
        }
    }

    @Test
    void startsWithoutAPluginsFolder() throws Exception {
        HostFixture fixture =
                new HostFixture(folder, new Configs().authentication("auth-x").build());
        Files.delete(fixture.plugins);
        try (fixture) {
            fixture.start();
            assertThat(fixture.authenticate()).isEqualTo(new AuthOutcome.Absent("auth-x"));
        }
    }

    @Test
    void refusesToStartWithoutDeclarativeServices() throws IOException {
        HostFixture fixture = new HostFixture(folder, new Configs().build());
        try (var jars = Files.newDirectoryStream(folder.resolve("lib").resolve("framework"), "*scr*")) {
            for (Path jar : jars) {
                Files.delete(jar);
            }
        }
        assertThatThrownBy(fixture::start)
                .isInstanceOf(PluginHostException.class)
                .hasMessage("no bundle in lib/framework offers ServiceComponentRuntime: reinstall");
    }
}
