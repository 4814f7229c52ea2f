package io.gatehouse.kernel.admission.jar;

import java.util.Locale;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Which entries of a jar make up its signature (JAR specification, "Signed JAR File"): those no signature covers. */
public final class SignatureFiles {
    private static final Pattern BLOCK = Pattern.compile("META-INF/[^/]+\\.(RSA|DSA|EC)");
    private static final Pattern SIGNATURE_FILE = Pattern.compile("META-INF/[^/]+\\.SF");

    private SignatureFiles() {}

    /** Whether it holds certificates and the signature of a {@code .SF} file. */
    public static boolean isBlock(String name) {
        return BLOCK.matcher(name.toUpperCase(Locale.ROOT)).matches();
    }

    /** Whether it is the manifest, a signature file or its block; others, such as {@code META-INF/SIG-X}, count as content. */
    public static boolean isPart(String name) {
        return name.equalsIgnoreCase(JarFile.MANIFEST_NAME)
                || isBlock(name)
                || SIGNATURE_FILE.matcher(name.toUpperCase(Locale.ROOT)).matches();
    }
}
