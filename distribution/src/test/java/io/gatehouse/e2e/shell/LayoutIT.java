package io.gatehouse.e2e.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.Installed;
import io.gatehouse.e2e.Installed.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies where in an installation and in the archives. */
class LayoutIT {
    @TempDir
    Path folder;

    @Test
    void theHomeIsComplete() throws Exception {
        Path home = Installed.home();
        for (String name : List.of("bin", "conf", "plugins", "lib", "lib/framework", "data", "log", "service", "sdk")) {
            assertThat(home.resolve(name)).isDirectory();
        }
        for (String name : List.of("LICENSE", "NOTICE", "THIRD-PARTY.txt", "gatehouse.cdx.json")) {
            assertThat(home.resolve(name)).isNotEmptyFile();
        }
        assertThat(Files.getPosixFilePermissions(home.resolve("data")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(jars(home.resolve("lib/framework"))).hasSize(3);
        assertThat(jars(home.resolve("lib"))).contains("kernel-" + Installed.version() + ".jar");
    }

    @Test
    void theKernelFindsAllOfItsClassPath() throws Exception {
        Path lib = Installed.home().resolve("lib");
        try (JarFile kernel = new JarFile(
                lib.resolve("kernel-" + Installed.version() + ".jar").toFile())) {
            String classPath = kernel.getManifest().getMainAttributes().getValue("Class-Path");
            assertThat(Stream.of(classPath.split(" ")))
                    .isNotEmpty()
                    .allSatisfy(jar -> assertThat(lib.resolve(jar)).isRegularFile());
        }
    }

    @Test
    void theArchivesMatchTheirChecksumsAndRun() throws Exception {
        Path target = Installed.home().resolveSibling("");
        for (String ending : List.of(".tar.gz", ".zip")) {
            ProcessBuilder check =
                    new ProcessBuilder("sha256sum", "--check", "gatehouse-" + Installed.version() + ending + ".sha256");
            assertThat(Installed.run(check.directory(target.toFile())).exitCode())
                    .isZero();
        }
        Path archive = target.resolve("gatehouse-" + Installed.version() + ".tar.gz");
        Result unpacked = Installed.run(new ProcessBuilder("tar", "-xf", archive.toString(), "-C", folder.toString()));
        assertThat(unpacked.exitCode()).isZero();
        Path script = folder.resolve("gatehouse-" + Installed.version()).resolve("bin/gatehouse");
        assertThat(Installed.run(new ProcessBuilder(script.toString(), "--version"))
                        .exitCode())
                .isZero();
    }

    private static List<String> jars(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }
}
