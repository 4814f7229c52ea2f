package io.gatehouse.kernel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a UTF-8 file of bounded size; what goes wrong is said in words that follow the file's name. */
final class TextFile {
    private TextFile() {}

    /** A file that could not be read; the message is the end of a sentence that begins with the file. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    static String read(Path file, int maxBytes) throws Unreadable {
        byte[] bytes = bytes(file, maxBytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable("is not UTF-8 text: save it as UTF-8");
        }
    }

    private static byte[] bytes(Path file, int maxBytes) throws Unreadable {
        try {
            // A pipe or a device would block or never end.
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new Unreadable("is not a regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(maxBytes + 1);
                if (bytes.length > maxBytes) {
                    throw new Unreadable("is larger than " + Quantities.showSize(maxBytes));
                }
                return bytes;
            }
        } catch (NoSuchFileException e) {
            throw new Unreadable("does not exist");
        } catch (AccessDeniedException e) {
            throw new Unreadable("may not be read by this user: change its permissions");
        } catch (IOException e) {
            throw new Unreadable("cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
