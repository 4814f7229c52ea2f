package io.gatehouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.tools.SideSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.generators.BenchmarkProcessor;

/**
 * Compiles the benchmarks of {@code src/test/jmh} and calls each of them once, so that they do not rot. It leaves in {@code target/jmh}
 * what is needed to measure with them; see {@code docs/performance.md}.
 */
class BenchmarksTest {
    private static final Path TARGET = Path.of("target", "jmh");
    private static final SideSources BENCHMARKS =
            new SideSources(Path.of("src", "test", "jmh"), TARGET.resolve("classes"));
    private static final long PATIENCE_SECONDS = 240;

    /** Once each, in one process, among few filters. */
    private static final String ONCE =
            "-f 0 -wi 0 -i 1 -bm ss -foe true -jvmArgs -Xmx512m -p filters=400 -p messages=200"
                    + " -p version=V5 -p chains=EMPTY,DELIVERY -p subscribers=2";

    @TempDir
    Path folder;

    @Test
    void everyBenchmarkRuns() throws Exception {
        BENCHMARKS.compile(new BenchmarkProcessor());
        Files.writeString(TARGET.resolve("classpath"), arguments());

        String said = BENCHMARKS.run(folder, PATIENCE_SECONDS, once());

        assertThat(said).contains("# Run complete").doesNotContain("<failure>").doesNotContain("Exception");
        for (Path file : BENCHMARKS.files()) {
            String name = file.getFileName().toString().replace(".java", "");
            if (name.endsWith("Benchmark")) {
                assertThat(said).contains(name + ".");
            }
        }
    }

    private static List<String> once() {
        return List.of((String.join(" ", jvmOptions()) + " " + Main.class.getName() + " " + ONCE).split(" "));
    }

    /** As the broker is started, which Netty needs for its fast paths. */
    private static List<String> jvmOptions() {
        return List.of(
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Dio.netty.tryReflectionSetAccessible=true");
    }

    /** A file of arguments for {@code java}: its forks get the same options. */
    private static String arguments() {
        return String.join("\n", jvmOptions()) + "\n-cp\n\"" + BENCHMARKS.classPath() + "\"\n";
    }
}
