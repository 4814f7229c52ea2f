package io.gatehouse.authz.acl;

import io.gatehouse.authz.acl.rule.RuleCompiler;
import io.gatehouse.authz.acl.rule.RuleSet;
import io.gatehouse.authz.acl.term.Position;
import io.gatehouse.authz.acl.term.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An {@code acl.conf} on disk.
 *
 * @param path absolute
 */
record AclFile(Path path) {
    /** The largest file that is read, in bytes. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Reads the bytes as they are now. Blocks for the time the disk takes. */
    byte[] read() throws AclFileException {
        if (!Files.exists(path)) {
            throw new AclFileException(path + ": the file does not exist: create it (one line, {deny, all}. denies"
                    + " everything) or set authz-acl.file to where it is");
        }
        if (!Files.isRegularFile(path)) {
            // A pipe, for example, would be waited for endlessly.
            throw new AclFileException(
                    path + ": this is not a regular file: set authz-acl.file to the file of the rules");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new AclFileException(path + ": the file is too large: at most 4 MiB of rules are read");
            }
            return bytes;
        } catch (AccessDeniedException denied) {
            throw new AclFileException(
                    path + ": the file may not be read: give the user the broker runs as permission to");
        } catch (IOException e) {
            throw new AclFileException(path + ": the file cannot be read: " + e.getMessage());
        }
    }

    /** Makes rules of bytes that were read. */
    RuleSet compile(byte[] bytes) throws AclFileException {
        return switch (RuleCompiler.compile(text(bytes))) {
            case RuleCompiler.Outcome.Compiled compiled -> compiled.rules();
            case RuleCompiler.Outcome.Rejected rejected -> throw new AclFileException(path, rejected.problems());
        };
    }

    /** Strictly UTF-8: a replaced character could turn one name into another. */
    private String text(byte[] bytes) throws AclFileException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            throw new AclFileException(
                    path,
                    List.of(new Problem(endOf(text), "this is not UTF-8 text: save the file with that encoding")));
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == '\uFEFF';
        return marked ? text.subSequence(1, text.length()).toString() : text.toString();
    }

    private static Position endOf(CharBuffer text) {
        String good = text.toString();
        int lineStart = good.lastIndexOf('\n') + 1;
        int line = 1 + (int) good.chars().filter(c -> c == '\n').count();
        return new Position(line, 1 + good.codePointCount(lineStart, good.length()));
    }
}
