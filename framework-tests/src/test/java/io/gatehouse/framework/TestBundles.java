package io.gatehouse.framework;

import aQute.bnd.osgi.Builder;
import io.gatehouse.framework.greeter.Greeter;
import io.gatehouse.kernel.admission.signature.JarSigning;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Packs the bundles that the tests install. Runs on the class path, before the framework starts. */
final class TestBundles {
    /** A resource in every bundle. */
    static final String NOTE = "note.txt";

    private static final String PASSWORD = "changeit";

    private final Path folder;

    private TestBundles(Path folder) {
        this.folder = folder;
    }

    /** Where they are. Packed once in a run: Pax Exam asks for the configuration of each class twice. */
    static Path written() {
        return Written.FOLDER;
    }

    private static final class Written {
        static final Path FOLDER = write(Path.of("target", "bundles").toAbsolutePath());

        private static Path write(Path folder) {
            try {
                new TestBundles(folder).write();
                return folder;
            } catch (Exception e) {
                throw new IllegalStateException("the bundles of the tests cannot be packed in " + folder, e);
            }
        }
    }

    private void write() throws Exception {
        Files.createDirectories(folder);
        pack("1.0.0", "greeter-1.0.0.jar");
        pack("1.1.0", "greeter-1.1.0.jar");
        sign(folder.resolve("greeter-1.0.0.jar"), folder.resolve("signed.jar"));
        tamper(folder.resolve("signed.jar"), folder.resolve("tampered.jar"));
    }

    private void pack(String version, String name) throws Exception {
        Path classes = Path.of(Greeter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName("greeter");
            builder.setBundleVersion(version);
            builder.addClasspath(classes.toFile());
            builder.setProperty("-privatepackage", Greeter.class.getPackageName());
            builder.setProperty("Import-Package", "org.jspecify.annotations;resolution:=optional, *");
            builder.setProperty("-includeresource", NOTE + ";literal='genuine'");
            builder.build().write(folder.resolve(name).toFile());
            if (!builder.isOk()) {
                throw new IllegalStateException(name + " cannot be packed: " + builder.getErrors());
            }
        }
    }

    private void sign(Path jar, Path signed) throws Exception {
        KeyStore keys = KeyStore.getInstance(keyStore().toFile(), PASSWORD.toCharArray());
        PrivateKeyEntry key = (PrivateKeyEntry) keys.getEntry("signer", new PasswordProtection(PASSWORD.toCharArray()));
        JarSigning.sign(jar, Objects.requireNonNull(key), signed, Instant.now());
    }

    /** A new key. The JDK makes certificates by its command alone. */
    private Path keyStore() throws Exception {
        Path store = folder.resolve("key.p12");
        Files.deleteIfExists(store);
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(keytool.toString(), "-keystore", store.toString()));
        command.addAll(List.of("-genkeypair", "-alias", "signer", "-keyalg", "EC", "-dname", "CN=Test"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("keytool ended with " + code + ": see keytool.log in " + folder);
        }
        return store;
    }

    /** Changes what is in the jar after it was signed. */
    private static void tamper(Path signed, Path tampered) throws Exception {
        try (InputStream file = Files.newInputStream(signed);
                ZipInputStream in = new ZipInputStream(file);
                OutputStream to = Files.newOutputStream(tampered);
                ZipOutputStream out = new ZipOutputStream(to)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(
                        entry.getName().equals(NOTE) ? "tampered".getBytes(StandardCharsets.UTF_8) : in.readAllBytes());
            }
        }
    }
}
