package io.gatehouse.kernel.config;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An installation in a temporary folder, with whatever files a test needs. */
final class TestHome {
    private final Path home;
    private final List<String> settings = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    TestHome(Path home) {
        this.home = home;
        write("conf/gatehouse.conf", "");
        try {
            Files.createDirectories(home.resolve("plugins"));
            Files.createDirectories(home.resolve("data"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path path(String name) {
        return home.resolve(name);
    }

    TestHome main(String text) {
        return write("conf/gatehouse.conf", text);
    }

    TestHome write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    TestHome write(String name, byte[] bytes) {
        try {
            Path file = home.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            // In one step, so that nobody who watches sees half of it.
            Path unfinished = Files.write(home.resolve("unfinished"), bytes);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    TestHome set(String... more) {
        settings.addAll(List.of(more));
        return this;
    }

    TestHome env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Puts a jar into the plugins folder: names and contents of its entries, in turn. */
    TestHome jar(String name, String... entries) {
        try (OutputStream out = Files.newOutputStream(home.resolve("plugins").resolve(name));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Installs a module whose settings are these AD elements; {@code pid} or {@code factoryPid}. */
    TestHome module(String name, String pidKind, String attributes) {
        return jar(name + ".jar", "OSGI-INF/metatype/settings.xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
                  <OCD id="settings" name="Settings">%s</OCD>
                  <Designate %s="%s"><Object ocdref="settings"/></Designate>
                </metatype:MetaData>
                """.formatted(attributes, pidKind, name));
    }

    Installation installation() {
        return new Installation(home, home.resolve("data"), home.resolve("conf/gatehouse.conf"), settings);
    }

    ConfigLoader loader() {
        return new ConfigLoader(installation(), environment);
    }

    ConfigResult load() {
        return loader().load();
    }

    /** The configuration, which must be right. */
    GatehouseConfig config() {
        ConfigResult result = load();
        GatehouseConfig config = result.config();
        if (config == null) {
            throw new AssertionError(result.errors().toString());
        }
        return config;
    }

    /** The errors as an operator reads them, without the temporary folder. */
    List<String> errors() {
        return shown(load().errors());
    }

    List<String> warnings() {
        return shown(load().warnings());
    }

    private List<String> shown(List<ConfigProblem> problems) {
        return problems.stream()
                .map(problem -> problem.toString().replace(home + "/conf/", "").replace(home + "/", ""))
                .toList();
    }
}
