package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.plugin.PluginFailure;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.sdk.broker.ModuleInfo.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in the plugins folder, and however it came there: what runs goes on, and the operator is told in one sentence. */
class PluginFilesTest {
    private HostFixture fixture;

    @TempDir
    Path folder;

    @BeforeEach
    void startWithOneThatRuns() throws PluginHostException {
        fixture = new HostFixture(folder, new Configs().authentication("auth-x").build());
        fixture.put(teller("1.0.0", "one").into(fixture.staging), "x.jar");
        fixture.start();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static PluginJar teller(String version, String word) {
        return new PluginJar("acme.x").version(version).source("Teller", """
                @Component(name = "auth-x") public class Teller implements Authenticator {
                  public AuthResult authenticate(ConnectRequest r) {
                    return AuthResult.accept().withAttributes(Map.of("word", "%s")); } }
                """.formatted(word));
    }

    private String sentence(String file) {
        fixture.host.administration().rescan();
        assertThat(fixture.attribute("word")).isEqualTo("one");
        return fixture.failure(file).map(PluginFailure::sentence).orElse("");
    }

    @Test
    void reportsWhatIsNoZip() throws IOException {
        Files.writeString(fixture.plugins.resolve("text.jar"), "this is no jar");
        assertThat(sentence("text.jar")).startsWith("it is not a readable jar").contains("copy it again");
    }

    @Test
    void reportsAnEmptyFile() throws IOException {
        Files.createFile(fixture.plugins.resolve("empty.jar"));
        assertThat(sentence("empty.jar")).startsWith("it is not a readable jar");
    }

    @Test
    void reportsAFolder() throws IOException {
        Files.createDirectory(fixture.plugins.resolve("folder.jar"));
        assertThat(sentence("folder.jar")).isEqualTo("it is a folder, not a jar: pack what is in it");
    }

    @Test
    void reportsLinksThatLeadNowhereOrInACircle() throws IOException {
        Files.createSymbolicLink(fixture.plugins.resolve("lost.jar"), Path.of("nowhere.jar"));
        Files.createSymbolicLink(fixture.plugins.resolve("one.jar"), Path.of("two.jar"));
        Files.createSymbolicLink(fixture.plugins.resolve("two.jar"), Path.of("one.jar"));
        assertThat(sentence("lost.jar")).startsWith("it cannot be copied").contains("lost.jar");
        assertThat(sentence("one.jar")).startsWith("it cannot be copied");
        assertThat(sentence("two.jar")).startsWith("it cannot be copied");
    }

    @Test
    void reportsASecondJarOfTheSameVersionWithOtherContent() {
        Path other = teller("1.0.0", "two").into(fixture.staging);
        fixture.put(other, "y.jar");
        assertThat(sentence("y.jar"))
                .isEqualTo("it is the same bundle in the same version as x.jar: remove one of the two");
    }

    @Test
    void reportsAPluginOfAnotherMajorVersionOfTheSdk() {
        PluginJar old = teller("1.1.0", "two").header("Import-Package", "io.gatehouse.sdk.auth;version=\"[7,8)\",*");
        fixture.put(old.into(fixture.staging), "old.jar");
        assertThat(sentence("old.jar"))
                .contains("it needs the package io.gatehouse.sdk.auth [7.0.0,8.0.0)")
                .contains("build it against the SDK of this version of Gatehouse");
    }

    @Test
    void reportsTwoComponentsThatWaitForEachOther() {
        PluginJar circle = new PluginJar("acme.circle").source("One", """
                @Component(name = "one") public class One implements Authenticator, Runnable {
                  @Reference java.util.concurrent.Callable<String> two;
                  public void run() {}
                  public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept(); } }
                """).source("Two", """
                @Component(name = "two") public class Two implements Authenticator, java.util.concurrent.Callable<String> {
                  @Reference Runnable one;
                  public String call() { return ""; }
                  public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept(); } }
                """);
        fixture.install(circle.into(fixture.staging));
        assertThat(fixture.attribute("word")).isEqualTo("one");
        assertThat(fixture.module("one").state()).isEqualTo(State.WAITING);
        assertThat(fixture.module("one").detail())
                .isEqualTo(
                        "it waits for a service java.util.concurrent.Callable, which component two of bundle acme.circle"
                                + " would offer but waits for this one: make one of the two references optional");
        assertThat(fixture.module("two").detail()).contains("which component one of bundle acme.circle");
    }

    @Test
    void takesAJarThatIsReplacedByDeletingItAndCopyingAnother() throws IOException {
        Path next = teller("1.1.0", "two").into(fixture.staging);
        Path file = fixture.plugins.resolve("x.jar");
        Files.delete(file);
        Files.copy(next, file);
        await().untilAsserted(() -> assertThat(fixture.attribute("word")).isEqualTo("two"));
    }

    @Test
    void doesNotSwapAJarThatWasOnlyTouchedOrRenamed() throws IOException {
        Path file = fixture.plugins.resolve("x.jar");
        long generation = fixture.host.plugins().current().generation();
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        fixture.host.administration().rescan();
        Files.move(file, fixture.plugins.resolve("y.jar"));
        fixture.host.administration().rescan();
        assertThat(fixture.host.plugins().current().generation()).isEqualTo(generation);
        assertThat(fixture.attribute("word")).isEqualTo("one");
    }
}
