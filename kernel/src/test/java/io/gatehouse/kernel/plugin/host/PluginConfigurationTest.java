package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.sdk.broker.ModuleInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a module's block in the configuration to the component that reads it. */
class PluginConfigurationTest {
    /** Tells by its attributes what it was configured with and how often its class was activated or modified. */
    private static final String TELLER = """
            @interface Config { String realm() default "none"; String[] hosts() default {}; }
            static final java.util.concurrent.atomic.AtomicInteger ACTIVATIONS = new java.util.concurrent.atomic.AtomicInteger();
            static final java.util.concurrent.atomic.AtomicInteger MODIFICATIONS = new java.util.concurrent.atomic.AtomicInteger();
            volatile Config config;
            public AuthResult authenticate(ConnectRequest r) {
              return AuthResult.accept().withAttributes(Map.of("realm", config.realm(),
                "hosts", String.join(",", config.hosts()), "object", "" + System.identityHashCode(this), "activations", ACTIVATIONS.toString(),
                "modifications", MODIFICATIONS.toString())); }
            """;

    @TempDir
    Path folder;

    private static Configs chain(String... names) {
        return new Configs().authentication(names);
    }

    private HostFixture started(GatehouseConfig config, PluginJar... jars) throws PluginHostException {
        HostFixture fixture = new HostFixture(folder, config);
        for (PluginJar jar : jars) {
            jar.into(fixture.plugins);
        }
        return fixture.start();
    }

    private static PluginJar rigid(String component) {
        return new PluginJar("acme." + component).source("Teller", """
                @Component(name = "%s") public class Teller implements Authenticator { %s
                  @Activate public Teller(Config config) { this.config = config; ACTIVATIONS.incrementAndGet(); } }
                """.formatted(component, TELLER));
    }

    private static PluginJar flexible(String component) {
        return new PluginJar("acme." + component).source("Teller", """
                @Component(name = "%s") public class Teller implements Authenticator { %s
                  @Activate void start(Config config) { this.config = config; ACTIVATIONS.incrementAndGet(); }
                  @Modified void change(Config config) { this.config = config; MODIFICATIONS.incrementAndGet(); } }
                """.formatted(component, TELLER));
    }

    @Test
    void activatesOnceAndAtOnceWithTheRightConfiguration() throws PluginHostException {
        GatehouseConfig config = chain("auth-x")
                .module("auth-x", "", Map.of("realm", "north", "hosts", new String[] {"a", "b"}))
                .build();
        try (HostFixture fixture = started(config, rigid("auth-x"))) {
            assertThat(fixture.attribute("realm")).isEqualTo("north");
            assertThat(fixture.attribute("hosts")).isEqualTo("a,b");
            assertThat(fixture.attribute("activations")).isEqualTo("1");
        }
    }

    @Test
    void runsOneComponentForEachInstance() throws PluginHostException {
        GatehouseConfig config = chain("auth-x.corp")
                .module("auth-x", "corp", Map.of("realm", "corp"))
                .module("auth-x", "lab", Map.of("realm", "lab"))
                .build();
        PluginJar jar = new PluginJar("acme.auth-x").source("Teller", """
                @Component(name = "auth-x", configurationPolicy = ConfigurationPolicy.REQUIRE)
                public class Teller implements Authenticator { %s
                  @Activate public Teller(Config config) { this.config = config; } }
                """.formatted(TELLER));
        try (HostFixture fixture = started(config, jar)) {
            assertThat(fixture.attribute("realm")).isEqualTo("corp");

            assertThat(fixture.host.plugins().modules())
                    .extracting(ModuleInfo::name)
                    .containsExactly("auth-x.corp", "auth-x.lab");
            fixture.host.reload(chain("auth-x.lab")
                    .module("auth-x", "lab", Map.of("realm", "lab"))
                    .build());
            assertThat(fixture.attribute("realm")).isEqualTo("lab");
            await().untilAsserted(() -> assertThat(fixture.host.plugins().modules())
                    .extracting(ModuleInfo::name)
                    .containsExactly("auth-x.lab"));
        }
    }

    @Test
    void reconfiguresWithoutAGapWhereTheComponentCanBeModified() throws PluginHostException {
        GatehouseConfig before =
                chain("auth-x").module("auth-x", "", Map.of("realm", "a")).build();
        GatehouseConfig after =
                chain("auth-x").module("auth-x", "", Map.of("realm", "b")).build();
        try (HostFixture fixture = started(before, flexible("auth-x"))) {
            Set<String> outcomes = new ConcurrentSkipListSet<>();
            fixture.host.plugins().addChangeListener(() -> outcomes.add(kind(fixture)));
            fixture.host.reload(after);
            await().untilAsserted(() -> assertThat(fixture.attribute("realm")).isEqualTo("b"));
            assertThat(fixture.attribute("activations")).isEqualTo("1");
            assertThat(fixture.attribute("modifications")).isEqualTo("1");
            assertThat(outcomes).containsOnly("Accepted");
        }
    }

    @Test
    void touchesOnlyTheModuleWhoseConfigurationChanged() throws PluginHostException {
        String[] hosts = {"a"};
        Configs before =
                chain("auth-x").module("auth-x", "", Map.of("hosts", hosts)).module("auth-y", "", Map.of());
        Configs after = chain("auth-x")
                .module("auth-x", "", Map.of("hosts", hosts.clone()))
                .module("auth-y", "", Map.of("realm", "new"));
        Configs last = chain("auth-y").module("auth-y", "", Map.of("realm", "new"));
        try (HostFixture fixture = started(before.build(), rigid("auth-x"), rigid("auth-y"))) {
            String object = fixture.attribute("object");
            fixture.host.reload(after.build());
            assertThat(fixture.attribute("object")).isEqualTo(object);
            fixture.host.reload(last.build());
            assertThat(fixture.attribute("realm")).isEqualTo("new");
        }
    }

    @Test
    void writesNoConfigurationToDisk() throws Exception {
        GatehouseConfig config = chain("auth-x")
                .module("auth-x", "", Map.of("realm", "s3cret-bind-password"))
                .build();
        try (HostFixture fixture = started(config, rigid("auth-x"))) {
            assertThat(fixture.attribute("realm")).isEqualTo("s3cret-bind-password");
            try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
                assertThat(files.filter(Files::isRegularFile)).isNotEmpty().noneMatch(file -> contains(file, "s3cret"));
            }
        }
    }

    @Test
    void tellsPluginsWhereConfigurationAndDataAre() throws PluginHostException {
        PluginJar jar = new PluginJar("acme.where").source("Where", """
                @Component(name = "auth-x") public class Where implements Authenticator {
                  final Map<String, String> places;
                  @Activate public Where(org.osgi.framework.BundleContext c) {
                    places = Map.of("conf", c.getProperty("gatehouse.conf"), "data", c.getProperty("gatehouse.data")); }
                  public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept().withAttributes(places); } }
                """);
        try (HostFixture fixture = started(chain("auth-x").build(), jar)) {
            assertThat(fixture.attribute("conf"))
                    .isEqualTo(folder.resolve("conf").toString());
            assertThat(fixture.attribute("data"))
                    .isEqualTo(folder.resolve("data").toString());
        }
    }

    @Test
    void offersTheKernelsServicesToPlugins() throws PluginHostException {
        PluginJar jar = new PluginJar("acme.services").source("Uses", """
                @Component(name = "auth-x") public class Uses implements Authenticator {
                  @Activate public Uses(@Reference Broker broker, @Reference BrokerView view, @Reference PolicyChanges changes) {
                    changes.changedForAll(); }
                  public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept(); } }
                """);
        try (HostFixture fixture = started(chain("auth-x").build(), jar)) {
            assertThat(fixture.authenticate()).isInstanceOf(AuthOutcome.Accepted.class);
            assertThat(fixture.revocation.generation()).isEqualTo(1);
        }
    }

    private static String kind(HostFixture fixture) {
        return fixture.authenticate().getClass().getSimpleName();
    }

    private static boolean contains(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void hasNothingToComplainAboutOnceTheConfigurationIsAsItWas() throws PluginHostException {
        GatehouseConfig good =
                chain("auth-x").module("auth-x", "", Map.of("realm", "good")).build();
        GatehouseConfig bad =
                chain("auth-x").module("auth-x", "", Map.of("realm", "bad")).build();
        PluginJar jar = new PluginJar("acme.auth-x").source("Teller", """
                @Component(name = "auth-x") public class Teller implements Authenticator { %s
                  @Activate public Teller(Config config) { this.config = config;
                    if (config.realm().equals("bad")) throw new IllegalStateException("no such realm"); } }
                """.formatted(TELLER));
        try (HostFixture fixture = started(good, jar)) {
            fixture.host.reload(bad);
            assertThat(fixture.host.failures()).hasSize(1);
            assertThat(fixture.attribute("realm")).isEqualTo("good");
            fixture.host.reload(good);
            assertThat(fixture.host.failures()).isEmpty();
        }
    }
}
