package io.gatehouse.kernel.transport.websocket;

import io.gatehouse.kernel.fuzz.FuzzTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Frames of a client: the same payload, ping and end however the bytes arrive, and never more than arrived. */
final class FrameTarget implements FuzzTarget {
    private static final int LARGEST = 70_000;

    private final List<byte[]> corpus;

    FrameTarget(List<byte[]> corpus) {
        this.corpus = corpus;
    }

    /** What came of some bytes; compared as text, since it holds arrays. */
    private record Outcome(String payload, int bytes, String ping, String end) {}

    @Override
    public List<byte[]> seeds() {
        return corpus;
    }

    @Override
    public void read(byte[] input, int choice) {
        new FrameDecoder(LARGEST).decode(Unpooled.wrappedBuffer(input.clone())); // it writes over what it reads
    }

    @Override
    public String check(byte[] input, int choice) {
        Outcome whole = decode(input, new int[] {input.length});
        Outcome pieces = decode(input, cuts(input.length, choice));
        if (!whole.equals(pieces)) {
            throw new AssertionError("in pieces " + pieces + ", at once " + whole);
        }
        if (whole.bytes() > input.length) {
            throw new AssertionError(whole.bytes() + " bytes came of " + input.length);
        }
        return (whole.bytes() == 0 ? "" : "payload ")
                + (whole.ping().isEmpty() ? "" : "ping ")
                + FuzzTarget.withoutNumbers(whole.end());
    }

    private static int[] cuts(int length, int choice) {
        SplittableRandom random = new SplittableRandom(choice);
        int[] cuts = new int[1 + random.nextInt(8)];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = random.nextInt(length + 1);
        }
        cuts[cuts.length - 1] = length;
        Arrays.sort(cuts);
        return cuts;
    }

    private static Outcome decode(byte[] input, int[] cuts) {
        FrameDecoder decoder = new FrameDecoder(LARGEST);
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        String ping = "";
        int from = 0;
        for (int cut : cuts) {
            ByteBuf part = Unpooled.copiedBuffer(input, from, cut - from);
            decoder.decode(part);
            payload.writeBytes(ByteBufUtil.getBytes(part));
            byte[] taken = decoder.takePing();
            ping = taken == null ? ping : "ping " + Arrays.toString(taken);
            from = cut;
        }
        FrameDecoder.End end = decoder.end();
        return new Outcome(
                Arrays.toString(payload.toByteArray()), payload.size(), ping, end == null ? "open" : end.toString());
    }

    @Override
    public String describe(int choice) {
        return "cuts " + Arrays.toString(cuts(1_000, choice)) + " of a thousand";
    }
}
