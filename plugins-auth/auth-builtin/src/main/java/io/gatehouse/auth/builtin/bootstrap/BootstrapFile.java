package io.gatehouse.auth.builtin.bootstrap;

import io.gatehouse.auth.builtin.hash.ImportedHashes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A file of users: CSV with a header when its name ends in {@code .csv}, a JSON array when it ends in {@code .json}. It is read as a whole
 * or not at all.
 */
public final class BootstrapFile {
    static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private BootstrapFile() {}

    /**
     * Reads the file; blocks.
     *
     * @param hashes how hashes in it are to be read
     * @return the users in the order of the file, no two with the same id
     * @throws BootstrapProblem when anything in it cannot be accepted
     */
    public static List<BootstrapUser> read(Path file, ImportedHashes hashes) throws BootstrapProblem {
        String name = file.toString();
        try (InputStream in = Files.newInputStream(file)) {
            return parse(name, in.readNBytes(MAX_BYTES + 1), hashes);
        } catch (IOException e) {
            throw new BootstrapProblem(
                    name, "cannot be read (" + e + "); correct auth-builtin.bootstrap-file or the rights of the file.");
        }
    }

    /** Reads the content of a file with this name. */
    static List<BootstrapUser> parse(String name, byte[] content, ImportedHashes hashes) throws BootstrapProblem {
        if (content.length > MAX_BYTES) {
            throw new BootstrapProblem(name, "is larger than 64 MiB; split it.");
        }
        UserList users = new UserList(name, hashes);
        String ending = name.toLowerCase(Locale.ROOT);
        if (ending.endsWith(".csv")) {
            new CsvUsers(name, text(name, content), users).read();
        } else if (ending.endsWith(".json")) {
            new JsonUsers(name, text(name, content), users).read();
        } else {
            throw new BootstrapProblem(name, "must have a name that ends in .csv or .json.");
        }
        return users.users();
    }

    private static String text(String name, byte[] content) throws BootstrapProblem {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(content.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(content), text, true);
        text.flip();
        if (result.isError()) {
            throw new BootstrapProblem(name, Place.endOf(text), "These bytes are no UTF-8; save the file as UTF-8.");
        }
        String decoded = text.toString();
        return decoded.startsWith(BYTE_ORDER_MARK) ? decoded.substring(BYTE_ORDER_MARK.length()) : decoded;
    }
}
