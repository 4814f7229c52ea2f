package io.gatehouse.authz.acl;

import static io.gatehouse.authz.acl.TestClient.alice;
import static io.gatehouse.authz.acl.TestClient.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.plugin.PluginHealth.Status;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AclAuthorizerTest {
    private final CountedChanges changes = new CountedChanges();

    @TempDir
    Path folder = Path.of("");

    @Test
    void relativePathStartsAtTheConfigurationFolder() throws Exception {
        Files.createDirectory(folder.resolve("acl"));
        write("acl/rules.conf", "{deny, all}.");
        AclAuthorizer authorizer = new AclAuthorizer(folder.toString(), configuration("acl/rules.conf"), changes);
        assertThat(authorizer.decide(alice().client(), publish("a"))).isEqualTo(Decision.DENY);
        assertThat(authorizer.health()).isEqualTo(new Status.Up());
        authorizer.close();
    }

    @Test
    void absolutePathNeedsNoFolder() throws Exception {
        write("acl.conf", "{allow, all}.");
        String path = folder.resolve("acl.conf").toString();
        AclAuthorizer authorizer = new AclAuthorizer((String) null, configuration(path), changes);
        assertThat(authorizer.decide(alice().client(), publish("a"))).isEqualTo(Decision.ALLOW);
        authorizer.close();
    }

    @Test
    void relativePathWithoutFolderIsRefused() {
        assertThatThrownBy(() -> new AclAuthorizer((String) null, configuration("acl.conf"), changes))
                .isInstanceOf(AclFileException.class)
                .hasMessage(
                        "authz-acl.file: \"acl.conf\" is a relative path, but the framework property gatehouse.conf does"
                                + " not say where the configuration is: write an absolute path");
    }

    @Test
    void impossiblePathIsRefused() {
        assertThatThrownBy(() -> new AclAuthorizer("/", configuration("a\0b"), changes))
                .isInstanceOf(AclFileException.class)
                .hasMessageStartingWith("authz-acl.file: this is not a path: ");
    }

    @Test
    void isNotActivatedWithoutUsableRules() throws Exception {
        assertThatThrownBy(() -> new AclAuthorizer(folder.toString(), configuration("acl.conf"), changes))
                .isInstanceOf(AclFileException.class)
                .hasMessageContaining("the file does not exist: create it");
        write("acl.conf", "{allow, all}");
        assertThatThrownBy(() -> new AclAuthorizer(folder.toString(), configuration("acl.conf"), changes))
                .isInstanceOf(AclFileException.class)
                .hasMessage(folder.resolve("acl.conf")
                        + ":1:13: expected the dot that ends the rule of 1:1 but found the end of the file");
    }

    @Test
    void watchesItsFileUntilItIsClosed() throws Exception {
        write("acl.conf", "{allow, all}.");
        AclPolicy policy = new AclPolicy(new AclFile(folder.resolve("acl.conf")), changes);
        AclWatch watch = new AclWatch(policy, 1);
        try (watch) {
            write("acl.conf", "{deny, all}.");
            await().untilAsserted(() -> assertThat(changes.forAll()).isOne());
            assertThat(policy.rules().decide(alice().client(), publish("a"))).isEqualTo(Decision.DENY);
            assertThat(watch.isRunning()).isTrue();
        }
        assertThat(watch.isRunning()).isFalse();
    }

    @Test
    void goesOnWatchingAfterAFailure() throws Exception {
        write("acl.conf", "{allow, all}.");
        AclPolicy policy = new AclPolicy(new AclFile(folder.resolve("acl.conf")), changes);
        changes.failing(true);
        try (CapturedLog log = new CapturedLog();
                AclWatch watch = new AclWatch(policy, 1)) {
            write("acl.conf", "{deny, all}.");
            await().untilAsserted(() -> assertThat(log.errors()).isNotEmpty());
            assertThat(watch.isRunning()).isTrue();
            changes.failing(false);
            await().untilAsserted(() -> assertThat(changes.forAll()).isOne());
        }
    }

    @Test
    void followsAnotherFileWhenReconfigured() throws Exception {
        write("acl.conf", "{allow, all}.");
        write("other.conf", "{deny, all}.");
        AclAuthorizer authorizer = new AclAuthorizer(folder.toString(), configuration("acl.conf"), changes);

        authorizer.reconfigure(configuration("other.conf"));
        assertThat(authorizer.decide(alice().client(), publish("a"))).isEqualTo(Decision.DENY);
        assertThat(changes.forAll()).isOne();

        authorizer.reconfigure(configuration("missing.conf"));
        assertThat(authorizer.decide(alice().client(), publish("a"))).isEqualTo(Decision.DENY);
        assertThat(authorizer.health()).isInstanceOf(Status.Degraded.class);
        authorizer.close();
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    /** As Declarative Services makes it: a proxy for the annotation. */
    private static AclConfiguration configuration(String file) {
        Class<AclConfiguration> type = AclConfiguration.class;
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals("file") ? file : method.getDefaultValue()));
    }
}
