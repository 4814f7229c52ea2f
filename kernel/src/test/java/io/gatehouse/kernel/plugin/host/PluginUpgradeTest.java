package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.sdk.broker.ModuleInfo.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another version takes the place of the one that runs, or does not, and nobody is ever asked who is not there. */
class PluginUpgradeTest {
    private HostFixture fixture;

    @TempDir
    Path folder;

    @BeforeEach
    void startWithVersionOne() throws PluginHostException {
        fixture = new HostFixture(folder, new Configs().authentication("auth-x").build());
        fixture.put(teller("1.0.0", "").into(fixture.staging));
        fixture.start();
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** An authenticator that tells which version it is and denies once it is deactivated. */
    private static PluginJar teller(String version, String more) {
        return new PluginJar("acme.x").version(version).source("Teller", """
                @Component(name = "auth-x") public class Teller implements Authenticator {
                  volatile boolean gone;
                  %s
                  @Deactivate void stop() { gone = true; }
                  public AuthResult authenticate(ConnectRequest r) {
                    if (gone) { throw new IllegalStateException("called after deactivation"); }
                    return AuthResult.accept().withAttributes(Map.of("version", "%s")); } }
                """.formatted(more, version));
    }

    /** What the chain says in each snapshot from now on. */
    private List<String> watch() {
        List<String> seen = new CopyOnWriteArrayList<>();
        fixture.host.plugins().addChangeListener(() -> seen.add(fixture.attribute("version")));
        return seen;
    }

    @Test
    void goesOverToAHigherVersionThatIsDroppedBesideTheOldOne() {
        List<String> seen = watch();
        fixture.put(teller("1.1.0", "").into(fixture.staging));
        await().untilAsserted(() -> assertThat(fixture.attribute("version")).isEqualTo("1.1.0"));
        assertThat(seen).containsOnly("1.1.0");
        assertThat(fixture.module("auth-x").version()).isEqualTo("1.1.0");
    }

    @Test
    void goesBackWhenTheHigherVersionIsDeleted() {
        Path higher = teller("1.1.0", "").into(fixture.staging);
        fixture.install(higher);
        List<String> seen = watch();
        fixture.uninstall(higher);
        assertThat(seen).containsOnly("1.0.0");
    }

    @Test
    void swapsARebuiltJarOfTheSameVersion() {
        Path rebuilt = teller("1.0.0", "int rebuilt;").into(fixture.staging);
        List<String> seen = watch();
        assertThat(fixture.install(rebuilt)).isEmpty();
        assertThat(seen).containsExactly("1.0.0");
    }

    @Test
    void keepsTheOldVersionWhenTheNewOneCannotBeActivated() {
        List<String> seen = watch();
        Path broken = teller("1.1.0", "@Activate void start() { throw new IllegalStateException(\"no licence\"); }")
                .into(fixture.staging);
        assertThat(fixture.install(broken).orElseThrow().sentence())
                .contains("auth-x: it could not be activated")
                .contains("no licence");
        assertThat(seen).isEmpty();
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
        assertThat(fixture.module("auth-x").state()).isEqualTo(State.ACTIVE);
        assertThat(fixture.module("auth-x").detail())
                .contains("acme.x-1.1.0.jar")
                .contains("no licence");
    }

    @Test
    void keepsTheOldVersionWhenTheNewOneIsNotHealthy() {
        fixture.close();
        fixture = new HostFixture(
                folder.resolve("hasty"),
                new Configs().authentication("auth-x").healthDeadlineMillis(300).build());
        startFixture();
        PluginJar sick = new PluginJar("acme.x").version("1.1.0").source("Teller", """
                @Component(name = "auth-x") public class Teller implements Authenticator, PluginHealth {
                  public Status health() { return new Status.Degraded("the directory is down"); }
                  public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept(); } }
                """);
        assertThat(fixture.install(sick.into(fixture.staging)).orElseThrow().sentence())
                .isEqualTo("auth-x is not healthy: the directory is down");
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
    }

    private void startFixture() {
        fixture.put(teller("1.0.0", "").into(fixture.staging));
        try {
            fixture.start();
        } catch (PluginHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void keepsTheOldVersionWhenTheNewOneLacksTheModuleThatAChainNames() {
        PluginJar other = new PluginJar("acme.x").version("1.1.0").source("Other", """
                @Component(name = "auth-other") public class Other implements Authenticator {
                  public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept(); } }
                """);
        assertThat(fixture.install(other.into(fixture.staging)).orElseThrow().sentence())
                .contains("it does not offer auth-x as Authenticator or EnhancedAuthenticator");
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
    }

    @Test
    void keepsTheOldVersionWhenTheNewOneCannotBeResolvedAndTakesItWhenItCan() {
        Path library = new PluginJar("acme.library")
                .source(
                        "acme.library",
                        "Words",
                        "public class Words { public static String hello() { return \"x\"; } }")
                .header("Export-Package", "acme.library;version=1.5.0")
                .into(fixture.staging);
        Path needy = teller("1.1.0", "final String words = acme.library.Words.hello();")
                .using(library)
                .into(fixture.staging);
        assertThat(fixture.install(needy).orElseThrow().sentence())
                .contains("it needs the package acme.library [1.5.0,2.0.0), but nobody offers it");
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
        fixture.install(library);
        assertThat(fixture.attribute("version")).isEqualTo("1.1.0");
        assertThat(fixture.host.failures()).isEmpty();
    }

    @Test
    void keepsWhatRunsWhileItsJarIsOverwrittenWithHalfAJar() throws IOException {
        Path file = fixture.plugins.resolve("acme.x-1.0.0.jar");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        fixture.host.administration().rescan();
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
        assertThat(fixture.failure("acme.x-1.0.0.jar").orElseThrow().sentence()).contains("half copied");
    }

    @Test
    void startsTheVersionThatRanLastWhenTheOneInTheFolderDoesNot() throws PluginHostException, IOException {
        Path broken = teller("1.1.0", "@Activate void start() { throw new IllegalStateException(\"no licence\"); }")
                .into(fixture.staging);
        fixture.put(broken, "acme.x-1.0.0.jar");
        fixture.close();
        fixture = new HostFixture(folder, new Configs().authentication("auth-x").build());
        fixture.start();
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
        assertThat(fixture.failure("acme.x-1.0.0.jar").orElseThrow().sentence()).contains("no licence");
    }

    @Test
    void givesUpAnActivationThatHangs() {
        fixture.close();
        fixture = new HostFixture(
                folder.resolve("hasty"),
                new Configs().authentication("auth-x").startDeadlineMillis(300).build());
        startFixture();
        Path hanging = teller("1.1.0", "@Activate void start() throws Exception { Thread.sleep(1_000_000); }")
                .into(fixture.staging);
        assertThat(fixture.install(hanging).orElseThrow().sentence()).contains("did not end within 300 ms");
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
    }

    @Test
    void upgradesALibraryTogetherWithThoseThatUseIt() {
        PluginJar library = library("1.0.0", "one");
        Path first = library.into(fixture.staging);
        fixture.install(first);
        fixture.install(user().using(first).into(fixture.staging));
        assertThat(fixture.attribute("version")).isEqualTo("one");
        List<String> seen = watch();
        assertThat(fixture.install(library("1.1.0", "two").into(fixture.staging)))
                .isEmpty();
        assertThat(fixture.attribute("version")).isEqualTo("two");
        assertThat(seen).containsOnly("two");
    }

    @Test
    void keepsTheLibraryWhenThoseThatUseItCannotUseTheNewOne() {
        Path first = library("1.0.0", "one").into(fixture.staging);
        fixture.install(first);
        fixture.install(user().using(first).into(fixture.staging));
        Path incompatible = library("2.0.0", "two").into(fixture.staging);
        assertThat(fixture.install(incompatible).orElseThrow().sentence())
                .contains("acme.x 1.5.0")
                .contains("it needs the package acme.library");
        assertThat(fixture.attribute("version")).isEqualTo("one");
    }

    @Test
    void restartsWhatUsesALibraryWhenTheLibraryComesBack() {
        Path library = library("1.0.0", "one").into(fixture.staging);
        fixture.install(library);
        fixture.install(user().using(library).into(fixture.staging));
        fixture.uninstall(library);
        assertThat(fixture.attribute("version")).isEqualTo("not accepted");
        assertThat(fixture.module("auth-x").detail()).contains("it needs the package acme.library");
        fixture.install(library);
        assertThat(fixture.attribute("version")).isEqualTo("one");
    }

    @Test
    void givesAServiceUserTheServiceOfTheNewVersion() {
        fixture.install(service("1.0.0", "one").into(fixture.staging));
        fixture.install(teller("2.0.0", "").source("Teller", """
                @Component(name = "auth-x") public class Teller implements Authenticator {
                  @Reference java.util.concurrent.Callable<String> words;
                  public AuthResult authenticate(ConnectRequest r) throws Exception {
                    return AuthResult.accept().withAttributes(Map.of("version", words.call())); } }
                """).into(fixture.staging));
        assertThat(fixture.attribute("version")).isEqualTo("one");
        List<String> seen = watch();
        assertThat(fixture.install(service("1.1.0", "two").into(fixture.staging)))
                .isEmpty();
        assertThat(fixture.attribute("version")).isEqualTo("two");
        assertThat(seen).containsOnly("two");
    }

    private static PluginJar service(String version, String word) {
        return new PluginJar("acme.service").version(version).source("acme.service", "Words", """
                @Component public class Words implements java.util.concurrent.Callable<String> {
                  public String call() { return "%s"; } }
                """.formatted(word));
    }

    private static PluginJar library(String version, String word) {
        return new PluginJar("acme.library")
                .version(version)
                .source(
                        "acme.library",
                        "Words",
                        "public class Words { public static String hello() { return \"%s\"; } }".formatted(word))
                .header("Export-Package", "acme.library;version=" + version);
    }

    private static PluginJar user() {
        return new PluginJar("acme.x").version("1.5.0").source("Teller", """
                @Component(name = "auth-x") public class Teller implements Authenticator {
                  public AuthResult authenticate(ConnectRequest r) {
                    return AuthResult.accept().withAttributes(Map.of("version", acme.library.Words.hello())); } }
                """);
    }

    @Test
    void letsClientsWaitWhileAnExclusivePluginIsReplaced() {
        fixture.install(exclusive("2.0.0", "").into(fixture.staging));
        List<String> seen = watch();
        assertThat(fixture.install(exclusive("2.1.0", "").into(fixture.staging)))
                .isEmpty();
        assertThat(fixture.attribute("version")).isEqualTo("2.1.0");
        assertThat(seen).startsWith("not accepted").endsWith("2.1.0").doesNotContain("2.0.0");
    }

    @Test
    void startsAnExclusivePluginAgainWhenTheNewOneFails() {
        fixture.install(exclusive("2.0.0", "").into(fixture.staging));
        Path broken = exclusive("2.1.0", "{ if (true) throw new IllegalStateException(\"no licence\"); }")
                .into(fixture.staging);
        assertThat(fixture.install(broken).orElseThrow().sentence()).contains("no licence");
        assertThat(fixture.attribute("version")).isEqualTo("2.0.0");
    }

    @Test
    void doesNotStopAnExclusivePluginAgainAndAgainForOneThatDoesNotWork() {
        fixture.install(exclusive("2.0.0", "").into(fixture.staging));
        PluginJar other = new PluginJar("acme.x")
                .version("2.1.0")
                .header("Gatehouse-Exclusive", "true")
                .source("Other", """
                @Component(name = "auth-other") public class Other implements Authenticator {
                  public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept(); } }
                """);
        assertThat(fixture.install(other.into(fixture.staging))).isPresent();
        List<String> seen = watch();
        fixture.install(library("1.0.0", "unrelated").into(fixture.staging));
        assertThat(seen).isEmpty();
        assertThat(fixture.attribute("version")).isEqualTo("2.0.0");
    }

    private static PluginJar exclusive(String version, String more) {
        return new PluginJar("acme.x")
                .version(version)
                .header("Gatehouse-Exclusive", "true")
                .source("Teller", """
                @Component(name = "auth-x") public class Teller implements Authenticator { %s
                  @Activate void start() {
                    if (System.setProperty("acme.x.exclusive", "taken") != null) throw new IllegalStateException("taken"); }
                  @Deactivate void stop() { System.clearProperty("acme.x.exclusive"); }
                  public AuthResult authenticate(ConnectRequest r) {
                    return AuthResult.accept().withAttributes(Map.of("version", "%s")); } }
                """.formatted(more, version));
    }

    @Test
    void reconfiguresAComponentWithoutModifiedWithoutAGap() {
        fixture.close();
        fixture = new HostFixture(folder.resolve("configured"), configured("a"));
        fixture.put(new PluginJar("acme.x").source("Teller", """
                @Component(name = "auth-x") public class Teller implements Authenticator {
                  @interface Config { String realm() default "none"; }
                  final String realm;
                  @Activate public Teller(Config config) {
                    if (config.realm().equals("bad")) throw new IllegalArgumentException("there is no realm bad");
                    realm = config.realm(); }
                  public AuthResult authenticate(ConnectRequest r) {
                    return AuthResult.accept().withAttributes(Map.of("version", realm)); } }
                """).into(fixture.staging));
        try {
            fixture.start();
        } catch (PluginHostException e) {
            throw new IllegalStateException(e);
        }
        List<String> seen = watch();
        fixture.host.reload(configured("b"));
        assertThat(fixture.attribute("version")).isEqualTo("b");
        assertThat(seen).containsOnly("b");
        fixture.host.reload(configured("bad"));
        assertThat(fixture.attribute("version")).isEqualTo("b");
        assertThat(fixture.module("auth-x").detail())
                .contains("it goes on with its old configuration")
                .contains("there is no realm bad");
        fixture.host.reload(configured("c"));
        assertThat(fixture.attribute("version")).isEqualTo("c");
        assertThat(fixture.module("auth-x").detail()).isEmpty();
        assertThat(seen).containsOnly("b", "c");
    }

    private static GatehouseConfig configured(String realm) {
        return new Configs()
                .authentication("auth-x")
                .module("auth-x", "", Map.of("realm", realm))
                .build();
    }
}
