package io.gatehouse.kernel.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Sources beside those of the tests, whose annotation processor writes code that the rules of this build do not like: compiled by the
 * test that needs them, and run in a process of their own.
 *
 * @param sources the folder with the sources
 * @param classes where to compile them to; it is made
 */
public record SideSources(Path sources, Path classes) {

    /** Compiles everything; what does not compile fails the test, with the compiler's words on its error output. */
    public void compile(Processor processor) throws IOException {
        deleteClasses(); // a class whose source has gone would still be run
        Files.createDirectories(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", classes.toString(), "-classpath", testClassPath());
            JavaCompiler.CompilationTask task =
                    compiler.getTask(null, files, null, options, null, files.getJavaFileObjectsFromPaths(files()));
            task.setProcessors(List.of(processor));
            assertThat(task.call()).as("compiles " + sources).isTrue();
        }
    }

    private void deleteClasses() throws IOException {
        if (Files.isDirectory(classes)) {
            try (Stream<Path> all = Files.walk(classes)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The Java files. */
    public List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(sources)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** What was compiled, the tests and all that they use. */
    public String classPath() {
        return classes.toAbsolutePath() + System.getProperty("path.separator") + testClassPath();
    }

    private static String testClassPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /**
     * Runs a class of it with these arguments and waits for the end.
     *
     * @param folder where it runs, and where its output is kept as {@code log}
     * @return what it said
     */
    public String run(Path folder, long patienceSeconds, List<String> arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"), "-cp", classPath()));
        command.addAll(arguments);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(log);
    }
}
