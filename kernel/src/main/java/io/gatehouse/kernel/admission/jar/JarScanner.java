package io.gatehouse.kernel.admission.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Reads a whole jar once, entry by entry, with Java comparing signatures and content on the way. */
public final class JarScanner {
    private static final long MAX_FILE = 512L << 20;
    private static final int MAX_MANIFEST = 16 << 20;
    private static final int MAX_BLOCK = 1 << 20;
    private static final int CHUNK = 64 * 1024;

    private JarScanner() {}

    /** Refuses a file that is too large to be looked at, so that nothing is read of it. Blocks. */
    public static void checkSize(Path jar) throws IOException, RefusedJar {
        if (Files.size(jar) > MAX_FILE) {
            throw new RefusedJar("it is larger than 512 MiB: a plugin must be smaller");
        }
    }

    /** Reads a jar that nobody changes meanwhile. Any thread; blocks for as long as reading takes. */
    public static JarScan scan(Path jar) throws IOException, RefusedJar {
        checkSize(jar);
        List<CentralEntry> listed = ZipLayout.check(jar);
        for (CentralEntry entry : listed) {
            if (entry.name().equals(JarFile.MANIFEST_NAME) && entry.size() > MAX_MANIFEST) {
                throw new RefusedJar("its manifest is larger than 16 MiB: make it smaller");
            }
        }
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            return read(file, listed);
        } catch (SecurityException e) {
            throw changed("a file of its signature", e);
        }
    }

    private static JarScan read(JarFile file, List<CentralEntry> listed) throws IOException, RefusedJar {
        Manifest manifest = file.getManifest();
        if (manifest == null) {
            throw new RefusedJar("it has no META-INF/MANIFEST.MF: build it with bnd");
        }
        List<JarScan.Entry> entries = new ArrayList<>();
        Map<String, byte[]> blocks = new HashMap<>();
        for (CentralEntry expected : listed) {
            JarEntry entry = file.getJarEntry(expected.name());
            if (entry == null) {
                throw new RefusedJar("its entry " + expected.name() + " cannot be found again: pack it again");
            }
            if (SignatureFiles.isBlock(expected.name()) && expected.size() <= MAX_BLOCK) {
                blocks.put(expected.name().toUpperCase(Locale.ROOT), readBlock(file, entry));
            }
            readAll(file, entry, expected);
            entries.add(new JarScan.Entry(expected.name(), signers(entry)));
        }
        return new JarScan(manifest, entries, blocks);
    }

    private static byte[] readBlock(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            return in.readNBytes(MAX_BLOCK);
        }
    }

    /** Java knows the signers of an entry only when all of it was read. It does not look at the checksum. */
    private static void readAll(JarFile file, JarEntry entry, CentralEntry expected) throws IOException, RefusedJar {
        CRC32 crc = new CRC32();
        long length = 0;
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = file.getInputStream(entry)) {
            int read;
            while ((read = in.read(chunk)) >= 0 && length <= expected.size()) {
                crc.update(chunk, 0, read);
                length += read;
            }
        } catch (SecurityException e) {
            throw changed(expected.name(), e);
        }
        if (length != expected.size() || crc.getValue() != expected.crc()) {
            throw new RefusedJar("its entry " + expected.name() + " is damaged: copy it again");
        }
    }

    private static List<CodeSigner> signers(JarEntry entry) {
        @Nullable CodeSigner[] signers = entry.getCodeSigners();
        return signers == null ? List.of() : List.of(signers);
    }

    private static RefusedJar changed(String what, SecurityException why) {
        return new RefusedJar("it was changed after it was signed (" + what + ": " + why.getMessage()
                + "): get it again from where it comes from, and do not use this one");
    }
}
