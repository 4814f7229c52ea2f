package io.gatehouse.kernel.transport.proxy;

import io.gatehouse.kernel.config.IpLiterals;
import io.gatehouse.kernel.transport.proxy.ProxyHeader.Incomplete;
import io.gatehouse.kernel.transport.proxy.ProxyHeader.Malformed;
import io.gatehouse.kernel.transport.proxy.ProxyHeader.Source;
import io.gatehouse.kernel.transport.proxy.ProxyHeader.Unnamed;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Version 1: {@code PROXY TCP4 <source> <destination> <source port> <destination port>} and CR LF, at most 107 bytes. */
final class TextHeader {
    static final String WORD = "PROXY ";

    private static final int LONGEST = 107;
    private static final String UNKNOWN = WORD + "UNKNOWN";
    private static final int MAX_PORT = 65_535;

    private TextHeader() {}

    static ProxyHeader read(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.indexOf(start, start + Math.min(in.readableBytes(), LONGEST), (byte) '\n');
        if (end < 0) {
            return in.readableBytes() < LONGEST
                    ? new Incomplete()
                    : new Malformed("no end of the line within " + LONGEST + " bytes");
        }
        String line = in.toString(start, end - start, StandardCharsets.ISO_8859_1);
        if (!line.endsWith("\r")) {
            return new Malformed("the line does not end with CR LF");
        }
        ProxyHeader header = line(line.substring(0, line.length() - 1));
        if (!(header instanceof Malformed)) {
            in.readerIndex(end + 1);
        }
        return header;
    }

    private static ProxyHeader line(String line) {
        if (line.equals(UNKNOWN) || line.startsWith(UNKNOWN + " ")) {
            return new Unnamed();
        }
        String[] words = line.split(" ", -1);
        if (words.length != 6) {
            return new Malformed("the line has " + words.length + " words instead of 6");
        }
        InetAddress source = address(words[1], words[2]);
        int port = port(words[4]);
        if (source == null || address(words[1], words[3]) == null || port < 0 || port(words[5]) < 0) {
            return new Malformed("the line names no addresses and ports of the family it names");
        }
        return new Source(new InetSocketAddress(source, port));
    }

    private static @Nullable InetAddress address(String family, String text) {
        boolean expected = switch (family) {
            case "TCP4" -> text.indexOf(':') < 0;
            case "TCP6" -> text.indexOf(':') >= 0;
            default -> false;
        };
        Optional<InetAddress> address = expected ? IpLiterals.parse(text) : Optional.empty();
        return address.orElse(null);
    }

    private static int port(String digits) {
        boolean number = !digits.isEmpty()
                && digits.length() <= 5
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        return number && Integer.parseInt(digits) <= MAX_PORT ? Integer.parseInt(digits) : -1;
    }
}
