package io.gatehouse.kernel.admission.jar;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Names of entries that mean the same to every reader. */
final class EntryName {
    private static final int MAX_BYTES = 1024;
    private static final String META_INF = "META-INF";

    private EntryName() {}

    /** The name; one that climbs out of the jar, or is ambiguous, is refused. */
    static String of(ByteBuffer bytes) throws RefusedJar {
        int length = bytes.remaining();
        String name;
        try {
            name = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new RefusedJar("the name of one of its entries is not UTF-8: pack it again");
        }
        if (length == 0 || length > MAX_BYTES || !isPlain(name)) {
            throw new RefusedJar("it has an entry with an unsafe name, \"" + shown(name)
                    + "\": names must be relative, without \"..\", backslashes and control characters");
        }
        return name;
    }

    /** What two names must not share: Java finds what lies in {@code META-INF} whatever its case. */
    static String key(String name) {
        return isMetaInf(name) ? name.toUpperCase(Locale.ROOT) : name;
    }

    private static boolean isPlain(String name) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        boolean steps = Arrays.stream(path.split("/", -1))
                .noneMatch(step -> step.isEmpty() || step.equals(".") || step.equals(".."));
        boolean metaInf = !isMetaInf(name) || name.startsWith(META_INF);
        return steps && metaInf && name.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c));
    }

    private static boolean isMetaInf(String name) {
        return name.regionMatches(true, 0, META_INF + "/", 0, META_INF.length() + 1);
    }

    private static String shown(String name) {
        String printable = name.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.length() > 60 ? printable.substring(0, 60) + "..." : printable;
    }
}
