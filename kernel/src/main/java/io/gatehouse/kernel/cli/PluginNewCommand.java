package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.develop.ProjectTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatehouse plugin new}: the project of a new plugin, from the templates of the archetype in the installation. */
@Command(name = "new", description = "Makes the project of a new plugin: a class, its configuration and a test.")
final class PluginNewCommand implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int LONGEST_NAME = 64;
    private static final List<String> ROLES = List.of("authenticator", "authorizer", "publish-interceptor", "listener");

    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "The module's name, such as auth-door: a-z, 0-9 and dashes")
    private String name = "";

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "authenticator",
            description = "authenticator (default), authorizer, publish-interceptor or listener")
    private String role = "";

    @Option(names = "--package", paramLabel = "PACKAGE", description = "Of the classes. Default: com.example.NAME")
    private @Nullable String packageName;

    @Option(names = "--dir", paramLabel = "DIR", description = "Of the project, new or empty. Default: NAME")
    private @Nullable Path folder;

    @Mixin
    private HomeOptions home = new HomeOptions();

    PluginNewCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws CliFailure {
        check();
        Path installed = home.home(shell.environment());
        Path target = HomeOptions.absolute(folder != null ? folder : Path.of(name));
        try {
            if (Files.exists(target) && !isEmpty(target)) {
                throw new CliFailure(
                        ExitCode.EXISTS, target + " is there already: choose another folder with --dir DIR");
            }
            ProjectTemplate.write(archetype(installed), target, properties(installed));
        } catch (IOException e) {
            throw new CliFailure(ExitCode.FAILED, "the project cannot be written to " + target + ": " + e);
        }
        shell.out().println("Made " + target + ". Now:");
        shell.out().println("  cd " + target);
        shell.out().println("  mvn verify         # compiles, tests against a real broker, packs target/*.jar");
        shell.out()
                .println("  " + installed.resolve("bin").resolve("gatehouse")
                        + " dev      # a broker that takes over each new build");
        shell.out().flush();
        return ExitCode.OK.code();
    }

    private void check() throws CliFailure {
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    name + " cannot be the name of a module: use a-z, 0-9 and single dashes, at most " + LONGEST_NAME
                            + " characters, beginning with a letter, such as auth-door");
        }
        if (!ROLES.contains(role)) {
            throw new CliFailure(
                    ExitCode.USAGE, role + " is no role that can be begun with: choose " + String.join(", ", ROLES));
        }
        if (!SourceVersion.isName(packageName())) {
            throw new CliFailure(
                    ExitCode.USAGE, packageName() + " cannot be the name of a package: choose one with --package");
        }
    }

    private String packageName() {
        return packageName != null ? packageName : "com.example." + name.replace('-', '_');
    }

    private Map<String, String> properties(Path installed) throws CliFailure {
        return Map.ofEntries(
                Map.entry("groupId", packageName()),
                Map.entry("artifactId", name),
                Map.entry("version", "1.0.0-SNAPSHOT"),
                Map.entry("package", packageName()),
                Map.entry("className", className()),
                Map.entry("role", role),
                Map.entry("gitignore", ".gitignore"),
                Map.entry("gatehouseHome", installed.toString().replace('\\', '/')),
                Map.entry("gatehouseVersion", version(archetype(installed))));
    }

    private String className() {
        return Stream.of(name.split("-"))
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
    }

    /** The folder that the archetype lies in has the name of its version, as in every Maven repository. */
    private static String version(Path archetype) {
        return archetype.getName(archetype.getNameCount() - 2).toString();
    }

    private static Path archetype(Path installed) throws CliFailure {
        Path folder = installed.resolve("sdk/io/gatehouse/plugin-archetype");
        try (Stream<Path> files =
                Files.find(folder, 2, (file, attributes) -> file.toString().endsWith(".jar"))) {
            return files.findFirst().orElseThrow(() -> new IOException("there is no jar in it"));
        } catch (IOException e) {
            throw new CliFailure(
                    ExitCode.FAILED,
                    "the SDK of this installation cannot be read (" + e.getMessage()
                            + "): name another one with --home," + " or unpack Gatehouse again");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
