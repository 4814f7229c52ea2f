package io.gatehouse.kernel.develop;

import io.gatehouse.kernel.config.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files of the broker that runs a plugin under development: an installation of its own inside the project, which keeps out of version
 * control by itself. Beside {@code target}, not in it: a clean build must not take the broker's files away. One thread uses it; blocks.
 */
public final class DevelopmentHome {
    private static final String USERS_MODULE = "auth-builtin";
    private static final List<String> USERS = List.of("alice", "bob");
    private static final int PASSWORD_BYTES = 6; // the broker listens on the loopback interface only

    private final Path project;
    private final Path home;

    /** The files inside this project. */
    public DevelopmentHome(Path project) {
        this.project = project;
        this.home = project.resolve(".gatehouse");
    }

    /** Makes or renews everything that comes from the installation; users keep their passwords. */
    public void prepare(Path installed) throws IOException {
        Files.createDirectories(home.resolve("conf").resolve("conf.d"));
        Files.writeString(home.resolve(".gitignore"), "*\n");
        copyJars(installed.resolve("lib").resolve("framework"), installation().framework());
        copyJars(installed.resolve("plugins"), installation().plugins());
        if (!Files.exists(usersFile())) {
            writeUsers();
        }
    }

    /** What the broker is started with. */
    public Installation installation() {
        return new Installation(home, home.resolve("data"), home.resolve("conf").resolve("gatehouse.conf"), List.of());
    }

    /** Where the plugin's jar lies. */
    public Path plugin() {
        return installation().plugins().resolve("plugin-in-development.jar");
    }

    /** A place for files that are not finished yet, on the same file system. */
    public Path unfinished() {
        return home.resolve("unfinished");
    }

    /** Puts the plugin into its place; it may be deployed in the installation too, and here only the one that is being developed counts. */
    void deploy(Path built) throws IOException {
        String name = PluginJar.symbolicName(built);
        try (Stream<Path> copies = Files.list(installation().plugins())) {
            for (Path copy : copies.toList()) {
                if (PluginJar.symbolicName(copy).equals(name)) {
                    Files.delete(copy);
                }
            }
        }
        Files.copy(built, plugin());
    }

    /** What {@code dev.conf} of the project says goes over the settings for these modules. */
    public void configure(List<PluginModule> modules, int port) throws IOException {
        String settings = "listeners.tcp.default.bind = \"127.0.0.1:" + port + "\"\n"
                + USERS_MODULE + ".bootstrap-file = \"" + usersFile().toString().replace("\\", "\\\\") + "\"\n"
                + ChainsForPlugin.hocon(modules, List.of(USERS_MODULE));
        replace(installation().configFile(), settings);
        Path own = project.resolve("dev.conf");
        replace(
                home.resolve("conf").resolve("conf.d").resolve("dev.conf"),
                Files.exists(own) ? Files.readString(own) : "");
    }

    /** The users and their passwords. */
    public Map<String, String> users() throws IOException {
        Map<String, String> users = new LinkedHashMap<>();
        for (String line : Files.readAllLines(usersFile())) {
            List<String> fields = List.of(line.split(",", -1));
            if (fields.size() > 1 && USERS.contains(fields.getFirst())) {
                users.put(fields.getFirst(), fields.get(1));
            }
        }
        return users;
    }

    private Path usersFile() {
        return home.resolve("users.csv");
    }

    private void writeUsers() throws IOException {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder("user_id,password,is_superuser\n");
        for (String user : USERS) {
            byte[] password = new byte[PASSWORD_BYTES];
            random.nextBytes(password);
            text.append(user)
                    .append(',')
                    .append(HexFormat.of().formatHex(password))
                    .append(",false\n");
        }
        boolean posix = project.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] forOwner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.writeString(Files.createFile(usersFile(), forOwner), text);
    }

    /** Only when something changed: the broker notices every write. */
    private void replace(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(unfinished(), text);
            Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void copyJars(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> old = Files.list(to)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> jars = Files.list(from)) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, to.resolve(jar.getFileName()));
            }
        }
    }
}
