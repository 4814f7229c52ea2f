package io.gatehouse.kernel.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as a person writes them: hexadecimal pairs, {@code 'text'} for the bytes of a text, {@code "text"} for a string with
 * its two length bytes, and {@code #} for a comment to the end of the line.
 */
public final class HexText {
    private static final Pattern TOKEN =
            Pattern.compile("\\s+|#[^\\n]*|'(?<raw>[^']*)'|\"(?<string>[^\"]*)\"|(?<pair>[0-9a-fA-F]{2})");

    private HexText() {}

    /** The bytes that the text means. */
    public static byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("not a byte: " + text.substring(at));
            }
            append(out, matcher);
            at = matcher.end();
        }
        return out.toByteArray();
    }

    private static void append(ByteArrayOutputStream out, Matcher token) {
        if (token.group("raw") != null) {
            out.writeBytes(token.group("raw").getBytes(StandardCharsets.UTF_8));
        } else if (token.group("string") != null) {
            byte[] string = token.group("string").getBytes(StandardCharsets.UTF_8);
            out.write(string.length >> 8);
            out.write(string.length);
            out.writeBytes(string);
        } else if (token.group("pair") != null) {
            out.write(Integer.parseInt(token.group("pair"), 16));
        }
    }
}
