package io.gatehouse.sdk.testing;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import io.gatehouse.kernel.config.Installation;
import io.gatehouse.sdk.testing.open.OpenAuthenticator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** The files of one test's broker: an installation with its configuration and data. Called by the test's thread; blocks. */
record BrokerHome(Path path) {
    private static final List<String> FRAMEWORK =
            List.of("org.apache.felix.scr.jar", "org.apache.felix.configadmin.jar", "org.apache.felix.metatype.jar");

    /** Writes everything but the plugin under test and the configuration. */
    static BrokerHome create(Path folder) throws Exception {
        BrokerHome home = new BrokerHome(folder);
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(home.installation().plugins());
        Path framework = Files.createDirectories(home.installation().framework());
        for (String bundle : FRAMEWORK) {
            try (InputStream in = Objects.requireNonNull(
                    BrokerHome.class.getResourceAsStream("framework/" + bundle),
                    "sdk-testing was built without Maven")) {
                Files.copy(in, framework.resolve(bundle));
            }
        }
        home.packOpenAuthenticator();
        return home;
    }

    Installation installation() {
        return new Installation(path, path.resolve("data"), configuration(), List.of());
    }

    /** The plugin under test. */
    Path plugin() {
        return installation().plugins().resolve("plugin-under-test.jar");
    }

    /** A place for a file that is not finished yet. */
    Path unfinished() {
        return path.resolve("unfinished");
    }

    /** Writes a configuration that is not in force yet; the installation that is given has it, so that it can be checked. */
    Installation candidate(String hocon) throws IOException {
        Path file = Files.writeString(configuration().resolveSibling("candidate.conf"), hocon);
        return new Installation(path, path.resolve("data"), file, List.of());
    }

    /** Makes the candidate the configuration, in one step because the broker watches it. */
    void acceptCandidate() throws IOException {
        Files.move(
                configuration().resolveSibling("candidate.conf"),
                configuration(),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private Path configuration() {
        return path.resolve("conf").resolve("gatehouse.conf");
    }

    private void packOpenAuthenticator() throws Exception {
        String name = OpenAuthenticator.class.getPackageName();
        try (Builder builder = new Builder()) {
            builder.addClasspath(PluginSource.home(OpenAuthenticator.class).toFile());
            builder.addClasspath(
                    PluginSource.home(io.gatehouse.sdk.auth.Authenticator.class).toFile());
            builder.setBundleSymbolicName(name);
            builder.setBundleVersion("1.0.0");
            builder.setProperty("-privatepackage", name);
            builder.setProperty("Import-Package", "org.jspecify.annotations;resolution:=optional,*");
            Jar jar = builder.build();
            jar.write(installation().plugins().resolve("auth-testing-open.jar").toFile());
        }
    }
}
