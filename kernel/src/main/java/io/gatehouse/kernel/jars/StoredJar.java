package io.gatehouse.kernel.jars;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A plugin's jar as a private copy that nobody changes.
 *
 * @param fileName how it was called in the plugins folder
 * @param sha256 of its bytes, in lower-case hexadecimal
 * @param copy the private copy
 * @param header what it says about itself
 */
public record StoredJar(String fileName, String sha256, Path copy, JarHeader header) {

    /** The plugin's identity across versions. */
    public String symbolicName() {
        return header.symbolicName();
    }

    /** Opens the copy; {@link #isWhole} tells afterwards whether it still was what it is said to be. */
    public DigestInputStream open() throws IOException {
        try {
            return new DigestInputStream(Files.newInputStream(copy), MessageDigest.getInstance("SHA-256"));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** True when what was read, all of it, is this jar; false when somebody changed the copy, or it was not read to its end. */
    public boolean isWhole(DigestInputStream opened) {
        return HexFormat.of().formatHex(opened.getMessageDigest().digest()).equals(sha256);
    }

    /** For operators: {@code acme.x 1.2.0 (acme-x.jar)}. */
    @Override
    public String toString() {
        return header.symbolicName() + " " + header.version() + " (" + fileName + ")";
    }
}
