package io.gatehouse.kernel.admission;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Entries of a jar in order, to be changed and written. */
final class TestJar {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** A small bundle. */
    static TestJar bundle(String... headers) {
        TestJar jar = new TestJar();
        jar.with(
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\r\nBundle-ManifestVersion: 2\r\nBundle-SymbolicName: acme.gate;singleton:=true\r\n"
                        + "Bundle-Version: 1.2.3\r\n" + String.join("\r\n", headers)
                        + (headers.length > 0 ? "\r\n" : "")
                        + "\r\n");
        return jar.with("acme/Gate.class", "not really a class").with("acme/words.txt", "hello ".repeat(1000));
    }

    /** What another jar holds, to tamper with. */
    static TestJar of(Path file) {
        TestJar jar = new TestJar();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    jar.entries.put(entry.getName(), in.readAllBytes());
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestJar with(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    TestJar without(String name) {
        entries.remove(name);
        return this;
    }

    /** Lets content be replaced by equally many bytes of something else. */
    TestJar changed(String name) {
        byte[] bytes = entries.getOrDefault(name, new byte[1]).clone();
        bytes[0] ^= 1;
        entries.put(name, bytes);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Path into(Path folder) {
        return write(folder, bytes());
    }

    static Path write(Path folder, byte[] bytes) {
        try {
            return Files.write(Files.createTempFile(folder, "plugin", ".jar"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
