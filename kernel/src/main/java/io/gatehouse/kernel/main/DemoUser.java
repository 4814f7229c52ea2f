package io.gatehouse.kernel.main;

import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.users.UserDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first start of a broker on an empty data directory: a user to try it with, whose generated password is shown once and kept nowhere in
 * clear.
 */
final class DemoUser {
    private static final Logger LOG = LoggerFactory.getLogger(DemoUser.class);
    private static final String NAME = "demo";
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20; // 116 bits

    private DemoUser() {}

    /** True at the first start, when there is a directory of users and nobody in it. */
    static boolean isDue(Installation installation, PluginSnapshot snapshot) {
        return !Files.exists(marker(installation))
                && snapshot.users().map(users -> users.list("", 1).isEmpty()).orElse(false);
    }

    /** Creates the user and prints how to use it. */
    static void create(Installation installation, Plugins plugins, Map<String, InetSocketAddress> listening) {
        String password = password();
        try (PluginLease lease = plugins.lease()) {
            Optional<UserDirectory> users = lease.snapshot().users();
            if (users.isPresent() && users.get().add(NAME, Secret.ofUtf8(password), false)) {
                Files.createFile(marker(installation));
                print(System.out, password, listening);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("No demo user could be created: add users with `gatehouse user add NAME`", e);
        }
    }

    private static Path marker(Installation installation) {
        return installation.data().resolve("first-start.done");
    }

    private static String password() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    private static void print(PrintStream out, String password, Map<String, InetSocketAddress> listening) {
        out.println();
        out.println("  First start: a user to try the broker with. This is shown once.");
        out.println();
        listening.entrySet().stream()
                .filter(listener -> listener.getKey().startsWith("tcp."))
                .map(Map.Entry::getValue)
                .findFirst()
                .ifPresentOrElse(
                        address -> printCommands(out, password, address),
                        () -> out.println("    user " + NAME + ", password " + password));
        out.println();
        listening.forEach((name, at) -> out.println("  Bound: " + name + " on " + Gatehouse.text(at)
                + (at.getAddress().isLoopbackAddress()
                        ? ", for this machine only. To open it, set in conf/gatehouse.conf: listeners." + name
                                + ".bind = \"0.0.0.0:" + at.getPort() + "\""
                        : ", reachable from other machines")));
        out.println("  Users:  gatehouse user add NAME, list, passwd, remove (remove " + NAME + " when you are done)");
        out.println("  Topics: conf/acl.conf says who may use what; it is read again when you save it");
        out.println();
        out.flush();
    }

    private static void printCommands(PrintStream out, String password, InetSocketAddress address) {
        String server = "-h %s -p %d -u %s -P %s"
                .formatted(address.getAddress().getHostAddress(), address.getPort(), NAME, password);
        out.println("    mosquitto_sub " + server + " -v -t 'users/" + NAME + "/#'");
        out.println("    mosquitto_pub " + server + " -t users/" + NAME + "/hello -m 'Hello, Gatehouse'");
    }
}
