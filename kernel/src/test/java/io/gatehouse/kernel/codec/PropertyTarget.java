package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.fuzz.FuzzTarget;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** One property section in every place: accepted exactly when {@link PropertyTable} accepts it. */
final class PropertyTarget implements FuzzTarget {
    private static final List<PropertyScope> SCOPES = List.of(PropertyScope.values());
    private static final int RANDOM_SEEDS = 600;
    private static final int LIMITS_BEGIN = 2_000;

    @Override
    public List<byte[]> seeds() {
        Random random = new Random(5);
        List<byte[]> seeds = new ArrayList<>(List.of(new byte[] {0}));
        for (int i = 0; i < RANDOM_SEEDS; i++) {
            PropertyScope scope = scope(i);
            List<PropertyTable.Row> rows = PropertyTable.ROWS.stream()
                    .filter(row -> row.scopes().contains(scope) && random.nextBoolean())
                    .toList();
            ByteBuf section = Unpooled.buffer();
            rows.forEach(row -> append(section, row, random));
            seeds.add(withLength(ByteBufUtil.getBytes(section)));
        }
        return seeds;
    }

    private static void append(ByteBuf section, PropertyTable.Row row, Random random) {
        section.writeByte(row.identifier());
        switch (row.type()) {
            case 'B' -> section.writeByte(random.nextInt(2));
            case 'H' -> section.writeShort(1 + random.nextInt(65_535));
            case 'I' -> section.writeInt(1 + random.nextInt(1 << 30));
            case 'V' -> VariableByteInteger.write(section, 1 + random.nextInt(1 << (7 * (1 + random.nextInt(3)))));
            case 'P' -> {
                appendText(section, random);
                appendText(section, random);
            }
            default -> appendText(section, random);
        }
    }

    private static void appendText(ByteBuf section, Random random) {
        byte[] text = "text \u00e9\u20ac".substring(0, random.nextInt(8)).getBytes(StandardCharsets.UTF_8);
        section.writeShort(text.length).writeBytes(text);
    }

    private static byte[] withLength(byte[] section) {
        ByteBuf whole = Unpooled.buffer();
        VariableByteInteger.write(whole, section.length);
        return ByteBufUtil.getBytes(whole.writeBytes(section));
    }

    @Override
    public byte[] repair(byte[] input, SplittableRandom random) {
        if (input.length == 0 || random.nextInt(4) == 0) {
            return input;
        }
        int old = VariableByteInteger.read(Unpooled.wrappedBuffer(input), 0, input.length);
        int from = Math.min(input.length, old < 0 ? 1 : VariableByteInteger.length(old));
        return withLength(java.util.Arrays.copyOfRange(input, from, input.length));
    }

    private static PropertyScope scope(int choice) {
        return SCOPES.get(Math.floorMod(choice, SCOPES.size()));
    }

    @Override
    public String describe(int choice) {
        return scope(choice).toString();
    }

    @Override
    public void read(byte[] input, int choice) {
        refusal(input, scope(choice));
    }

    /** Why the section is refused; empty when it is accepted. */
    private static String refusal(byte[] input, PropertyScope scope) {
        PacketReader reader = new PacketReader();
        ByteBuf in = Unpooled.wrappedBuffer(input);
        // As if the section were a whole packet: it begins where the packet does.
        reader.begin(
                input.length == 0 ? Unpooled.wrappedBuffer(new byte[1]) : in,
                Side.SERVER,
                MqttVersion.V5,
                DecoderLimits.ofPacketSize(1 << 20),
                PacketType.PUBLISH,
                0,
                0,
                input.length);
        try {
            reader.properties(scope);
            reader.requireEnd();
            return "";
        } catch (MalformedPacket refused) {
            return refused.reason() + ": " + refused.getMessage();
        }
    }

    @Override
    public String check(byte[] input, int choice) {
        PropertyScope scope = scope(choice);
        String refusal = refusal(input, scope);
        // Very many user properties or subscription identifiers are valid for the specification and refused by us.
        if (input.length < LIMITS_BEGIN && PropertyTable.accepts(input, scope) != refusal.isEmpty()) {
            throw new AssertionError(refusal.isEmpty() ? "accepted, and the table refuses it" : "refused: " + refusal);
        }
        return scope + " " + FuzzTarget.withoutNumbers(refusal);
    }
}
