package io.gatehouse.kernel.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.processors.JCStressTestProcessor;

/**
 * Runs the races of {@code src/test/jcstress} for a few seconds in processes of their own. They are compiled here, because jcstress writes
 * code that the rules of this build do not like.
 */
class LeaseStressTest {
    private static final Path SOURCES = Path.of("src", "test", "jcstress");
    private static final int RACES = 2;
    private static final long PATIENCE_SECONDS = 240;

    /** One kind of virtual machine, instead of all that differ a little; then it takes as long as its iterations. */
    private static final String QUICK = "-jvmArgs -Xmx256m -sc false -f 1 -fsm 1 -iters 2 -time 1000 -af NONE";

    @TempDir
    Path folder;

    @Test
    void neverLeasesWhatWasDrainedAndRefusesASecondClose() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(classes);
        String said = run(classes);
        assertThat(said)
                .contains("Results: " + RACES + " planned; " + RACES + " passed, 0 failed, 0 soft errs, 0 hard errs");
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static void compile(Path target) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(SOURCES)) {
            List<String> options = List.of("-d", target.toString(), "-classpath", classPath());
            List<Path> java = sources.filter(Files::isRegularFile).toList();
            JavaCompiler.CompilationTask task =
                    compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(java));
            task.setProcessors(List.of(new JCStressTestProcessor()));
            assertThat(task.call()).isTrue();
        }
    }

    private String run(Path classes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                classes + System.getProperty("path.separator") + classPath(),
                Main.class.getName()));
        command.addAll(List.of(QUICK.split(" ")));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(log);
    }
}
