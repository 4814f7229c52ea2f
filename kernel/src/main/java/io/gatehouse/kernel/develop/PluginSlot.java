package io.gatehouse.kernel.develop;

import io.gatehouse.kernel.plugin.PluginAdministration;
import io.gatehouse.kernel.plugin.PluginInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One jar in the folder {@code plugins/} of a running broker, for a plugin that changes all the time. One thread uses it, without holding a
 * lease; every call blocks until the broker has acted.
 */
public final class PluginSlot {
    private final PluginAdministration plugins;
    private final Path installed;

    /**
     * The place of one jar.
     *
     * @param installed where the jar lies or will lie, in the plugins folder
     */
    public PluginSlot(PluginAdministration plugins, Path installed) {
        this.plugins = plugins;
        this.installed = installed;
    }

    /**
     * Moves this jar into the place of the one before, in one step.
     *
     * @param jar on the same file system as the folder
     * @return why it does not run, empty when it does; what ran before then goes on
     */
    public Optional<String> put(Path jar) throws IOException {
        String digest = sha256(jar);
        Files.move(jar, installed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        plugins.rescan();
        List<PluginInfo> here = plugins.plugins().stream()
                .filter(plugin -> plugin.file().equals(String.valueOf(installed.getFileName())))
                .toList();
        boolean runs = here.stream()
                .anyMatch(plugin -> plugin.sha256().equals(digest) && plugin.state() == PluginInfo.State.RUNNING);
        return runs
                ? Optional.empty()
                : Optional.of(
                        String.join("; ", here.stream().map(PluginInfo::detail).toList()));
    }

    /** Takes the jar away. */
    public void remove() throws IOException {
        Files.deleteIfExists(installed);
        plugins.rescan();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
