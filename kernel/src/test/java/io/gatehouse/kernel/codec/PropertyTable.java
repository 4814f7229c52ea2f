package io.gatehouse.kernel.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Table 2-4 of the MQTT 5.0 specification once more, copied by hand and read by a parser that has nothing in common with the broker's:
 * a second opinion on which property sections are valid. It is slow, and it knows no limits.
 */
final class PropertyTable {
    private static final List<PropertyScope> ALL = List.of(PropertyScope.values());
    private static final List<PropertyScope> MESSAGE = List.of(PropertyScope.PUBLISH, PropertyScope.WILL);
    private static final List<PropertyScope> CONNACK = List.of(PropertyScope.CONNACK);
    private static final List<PropertyScope> BOTH = List.of(PropertyScope.CONNECT, PropertyScope.CONNACK);
    private static final List<PropertyScope> AUTH =
            List.of(PropertyScope.CONNECT, PropertyScope.CONNACK, PropertyScope.AUTH);

    /** B: a byte that is 0 or 1; H, I: two and four bytes; V: variable byte integer; S: text; D: data; P: a pair of texts. */
    record Row(int identifier, char type, List<PropertyScope> scopes) {}

    static final List<Row> ROWS = List.of(
            new Row(1, 'B', MESSAGE),
            new Row(2, 'I', MESSAGE),
            new Row(3, 'S', MESSAGE),
            new Row(8, 'S', MESSAGE),
            new Row(9, 'D', MESSAGE),
            new Row(11, 'V', List.of(PropertyScope.PUBLISH, PropertyScope.SUBSCRIBE)),
            new Row(17, 'I', List.of(PropertyScope.CONNECT, PropertyScope.CONNACK, PropertyScope.DISCONNECT)),
            new Row(18, 'S', CONNACK),
            new Row(19, 'H', CONNACK),
            new Row(21, 'S', AUTH),
            new Row(22, 'D', AUTH),
            new Row(23, 'B', List.of(PropertyScope.CONNECT)),
            new Row(24, 'I', List.of(PropertyScope.WILL)),
            new Row(25, 'B', List.of(PropertyScope.CONNECT)),
            new Row(26, 'S', CONNACK),
            new Row(28, 'S', List.of(PropertyScope.CONNACK, PropertyScope.DISCONNECT)),
            new Row(
                    31,
                    'S',
                    List.of(
                            PropertyScope.CONNACK,
                            PropertyScope.ACK,
                            PropertyScope.SUBACK,
                            PropertyScope.UNSUBACK,
                            PropertyScope.DISCONNECT,
                            PropertyScope.AUTH)),
            new Row(33, 'H', BOTH),
            new Row(34, 'H', BOTH),
            new Row(35, 'H', List.of(PropertyScope.PUBLISH)),
            new Row(36, 'B', CONNACK),
            new Row(37, 'B', CONNACK),
            new Row(38, 'P', ALL),
            new Row(39, 'I', BOTH),
            new Row(40, 'B', CONNACK),
            new Row(41, 'B', CONNACK),
            new Row(42, 'B', CONNACK));

    private static final Map<Integer, Row> BY_IDENTIFIER =
            ROWS.stream().collect(java.util.stream.Collectors.toMap(Row::identifier, row -> row));

    /** Zero is an error for receive maximum, maximum packet size and subscription identifier; for a topic alias it is judged later. */
    private static final Set<Integer> NOT_ZERO = Set.of(33, 39, 11);

    private static final int USER_PROPERTY = 38;
    private static final int SUBSCRIPTION_IDENTIFIER = 11;

    private PropertyTable() {}

    /** True when these bytes, length included, are a valid section for this place, and nothing comes behind it. */
    static boolean accepts(byte[] section, PropertyScope scope) {
        try {
            ByteBuffer in = ByteBuffer.wrap(section);
            int length = variable(in);
            if (length != in.remaining()) {
                return false;
            }
            Set<Integer> seen = new HashSet<>();
            while (in.hasRemaining()) {
                if (!property(in, scope, seen)) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException | CharacterCodingException invalid) {
            return false;
        }
    }

    private static boolean property(ByteBuffer in, PropertyScope scope, Set<Integer> seen)
            throws CharacterCodingException {
        Row row = BY_IDENTIFIER.get(variable(in));
        if (row == null || !row.scopes().contains(scope)) {
            return false;
        }
        boolean mayRepeat = row.identifier() == USER_PROPERTY
                || (row.identifier() == SUBSCRIPTION_IDENTIFIER && scope == PropertyScope.PUBLISH);
        if (!seen.add(row.identifier()) && !mayRepeat) {
            return false;
        }
        long value = value(in, row.type());
        return (value != 0 || !NOT_ZERO.contains(row.identifier())) && (row.type() != 'B' || value <= 1);
    }

    /** The number, or 1 for what is none. */
    private static long value(ByteBuffer in, char type) throws CharacterCodingException {
        return switch (type) {
            case 'B' -> in.get() & 0xFF;
            case 'H' -> in.getShort() & 0xFFFF;
            case 'I' -> in.getInt() & 0xFFFF_FFFFL;
            case 'V' -> variable(in);
            case 'S' -> text(in);
            case 'P' -> Math.min(text(in), text(in));
            default -> {
                data(in);
                yield 1;
            }
        };
    }

    private static byte[] data(ByteBuffer in) {
        byte[] data = new byte[Math.min(in.getShort() & 0xFFFF, in.remaining() + 1)];
        in.get(data);
        return data;
    }

    private static int text(ByteBuffer in) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(data(in)))
                .toString();
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("U+0000");
        }
        return 1;
    }

    /** The algorithm of section 1.5.5, and the shortest form that it asks for. */
    static int variable(ByteBuffer in) {
        int multiplier = 1;
        int value = 0;
        int bytes = 0;
        int digit;
        do {
            digit = in.get();
            value += (digit & 127) * multiplier;
            multiplier *= 128;
            bytes++;
            if (bytes == 4 && (digit & 128) != 0) {
                throw new IllegalArgumentException("too long");
            }
        } while ((digit & 128) != 0);
        if (bytes > 1 && (digit & 127) == 0) {
            throw new IllegalArgumentException("not the shortest form");
        }
        return value;
    }
}
