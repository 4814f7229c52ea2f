package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.fuzz.FuzzTarget;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Everything that arrives on a connection: all packets, all versions, both sides, in pieces. */
final class PacketTarget implements FuzzTarget {
    private static final List<MqttVersion> VERSIONS = List.of(MqttVersion.values());
    private static final int MAXIMUM_PACKET_SIZE = 1 << 20;
    private static final int RANDOM_SEEDS = 100;
    private static final int SHOWN = 3;

    /** Beyond so many packets only their number is compared. */
    private static final int COMPARED = 1_000;

    private final List<byte[]> corpus;

    PacketTarget(List<byte[]> corpus) {
        this.corpus = corpus;
    }

    /** What a stream turned out to be. */
    private record Outcome(List<Packet> packets, List<MqttVersion> versions, int count, String refusal, int consumed) {}

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(corpus);
        for (MqttVersion version : MqttVersion.values()) {
            for (Side side : Side.values()) {
                RandomPackets packets = new RandomPackets(11, version, side);
                for (int i = 0; i < RANDOM_SEEDS; i++) {
                    ByteBuf bytes = Unpooled.buffer();
                    PacketEncoder.encode(packets.next(), version, 1_000, bytes);
                    seeds.add(ByteBufUtil.getBytes(bytes));
                }
            }
        }
        seeds.removeIf(seed -> seed.length == 0); // larger than a thousand bytes
        return seeds;
    }

    /** Most inputs would end at a remaining length that is wrong: that of the first packet is made to fit. */
    @Override
    public byte[] repair(byte[] input, SplittableRandom random) {
        if (input.length < 2 || random.nextInt(3) == 0) {
            return input;
        }
        int old = VariableByteInteger.read(Unpooled.wrappedBuffer(input), 1, input.length);
        int from = 1 + (old < 0 ? 1 : VariableByteInteger.length(old));
        ByteBuf repaired = Unpooled.buffer(input.length + 4).writeByte(input[0]);
        VariableByteInteger.write(repaired, Math.max(0, input.length - from));
        repaired.writeBytes(input, from, Math.max(0, input.length - from));
        return ByteBufUtil.getBytes(repaired);
    }

    private static MqttVersion version(int choice) {
        return VERSIONS.get((choice & 0xFF) % VERSIONS.size());
    }

    /** The choice that makes a decoder of this version on this side. */
    static int choice(MqttVersion version, Side side) {
        return VERSIONS.indexOf(version) | (side == Side.SERVER ? 0 : 0x100);
    }

    private static Side side(int choice) {
        return (choice & 0x100) == 0 ? Side.SERVER : Side.CLIENT;
    }

    @Override
    public String describe(int choice) {
        return version(choice) + " " + side(choice);
    }

    private static PacketDecoder decoder(int choice) {
        PacketDecoder decoder = new PacketDecoder(MAXIMUM_PACKET_SIZE, side(choice));
        decoder.version(version(choice));
        return decoder;
    }

    @Override
    public void read(byte[] input, int choice) {
        PacketDecoder decoder = decoder(choice);
        ByteBuf in = Unpooled.wrappedBuffer(input);
        try {
            while (decoder.decode(in) != null) {}
        } catch (MalformedPacket refused) {
            // as it may be
        }
    }

    @Override
    public String check(byte[] input, int choice) {
        Outcome whole = read(input, choice, new int[] {input.length});
        Outcome pieces = read(input, choice, cuts(input.length, choice));
        if (!whole.equals(pieces)) {
            throw new AssertionError("in pieces " + pieces + ", at once " + whole);
        }
        for (int i = 0; i < whole.packets().size(); i++) {
            checkRoundTrip(whole.packets().get(i), whole.versions().get(i), side(choice));
        }
        return outcome(whole);
    }

    private static String outcome(Outcome whole) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < Math.min(SHOWN, whole.packets().size()); i++) {
            words.append(i == 0 ? "" : " ")
                    .append(whole.packets().get(i).getClass().getSimpleName());
        }
        if (!whole.refusal().isEmpty()) {
            words.append(" ! ").append(FuzzTarget.withoutNumbers(whole.refusal()));
        }
        return words.toString();
    }

    /** Where to cut: a few random places in ascending order, and the end. */
    private static int[] cuts(int length, int choice) {
        SplittableRandom random = new SplittableRandom(choice);
        int[] cuts = new int[1 + random.nextInt(6)];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = random.nextInt(length + 1);
        }
        cuts[cuts.length - 1] = length;
        Arrays.sort(cuts);
        return cuts;
    }

    private static Outcome read(byte[] input, int choice, int[] cuts) {
        PacketDecoder decoder = decoder(choice);
        ByteBuf in = Unpooled.wrappedBuffer(input).writerIndex(0);
        List<Packet> packets = new ArrayList<>();
        List<MqttVersion> versions = new ArrayList<>();
        int count = 0;
        String refusal = "";
        try {
            for (int cut : cuts) {
                in.writerIndex(cut);
                for (Packet packet = next(decoder, in); packet != null; packet = next(decoder, in)) {
                    if (count++ < COMPARED) {
                        packets.add(packet);
                        versions.add(decoder.version());
                    }
                }
            }
        } catch (MalformedPacket refused) {
            refusal = refused.reason() + ": " + refused.getMessage();
        }
        if (in.refCnt() != 1) {
            throw new AssertionError("the buffer was released");
        }
        return new Outcome(packets, versions, count, refusal, in.readerIndex());
    }

    private static @Nullable Packet next(PacketDecoder decoder, ByteBuf in) throws MalformedPacket {
        int before = in.readerIndex();
        Packet packet = decoder.decode(in);
        if ((packet == null) != (in.readerIndex() == before)) {
            throw new AssertionError("consumed " + (in.readerIndex() - before) + " bytes for " + packet);
        }
        return packet;
    }

    private static void checkRoundTrip(Packet packet, MqttVersion version, Side side) {
        ByteBuf out = Unpooled.buffer();
        if (!PacketEncoder.encode(packet, version, Integer.MAX_VALUE, out)) {
            throw new AssertionError("cannot be written: " + packet);
        }
        PacketDecoder decoder = new PacketDecoder(Integer.MAX_VALUE, side);
        decoder.version(version);
        try {
            Packet again = decoder.decode(out);
            if (!packet.equals(again) || out.isReadable()) {
                throw new AssertionError("written and read again: " + again + " instead of " + packet);
            }
        } catch (MalformedPacket refused) {
            throw new AssertionError("written and refused: " + packet, refused);
        }
    }
}
