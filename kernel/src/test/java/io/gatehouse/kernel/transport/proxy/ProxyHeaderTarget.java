package io.gatehouse.kernel.transport.proxy;

import io.gatehouse.kernel.fuzz.FuzzTarget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** The beginning of a connection from a proxy: the same outcome however the bytes arrive, and nothing taken before there is one. */
final class ProxyHeaderTarget implements FuzzTarget {
    private static final int LARGEST = 16 + 4_096;

    private final List<byte[]> corpus;

    ProxyHeaderTarget(List<byte[]> corpus) {
        this.corpus = corpus;
    }

    @Override
    public List<byte[]> seeds() {
        return corpus;
    }

    @Override
    public void read(byte[] input, int choice) {
        ProxyHeader.read(Unpooled.wrappedBuffer(input));
    }

    @Override
    public String check(byte[] input, int choice) {
        ByteBuf in = Unpooled.wrappedBuffer(input);
        ProxyHeader whole = ProxyHeader.read(in);
        boolean complete = whole instanceof ProxyHeader.Source || whole instanceof ProxyHeader.Unnamed;
        require(complete == in.readerIndex() > 0, "consumed " + in.readerIndex() + " bytes for " + whole);
        require(
                !(whole instanceof ProxyHeader.Incomplete) || input.length < LARGEST,
                "waits for more than " + LARGEST + " bytes");
        int length = Math.floorMod(choice, input.length + 1);
        ByteBuf part = Unpooled.wrappedBuffer(input, 0, length);
        ProxyHeader early = ProxyHeader.read(part);
        if (!(early instanceof ProxyHeader.Incomplete)) {
            // How much is wrong may be seen only later, but not whether anything is.
            boolean same = early instanceof ProxyHeader.Malformed
                    ? whole instanceof ProxyHeader.Malformed
                    : early.equals(whole) && part.readerIndex() == in.readerIndex();
            require(same, "after " + length + " bytes " + early + ", in the end " + whole);
        }
        return outcome(whole);
    }

    private static String outcome(ProxyHeader header) {
        return switch (header) {
            case ProxyHeader.Incomplete _ -> "incomplete";
            case ProxyHeader.Unnamed _ -> "unnamed";
            case ProxyHeader.Malformed malformed -> FuzzTarget.withoutNumbers(malformed.reason());
            case ProxyHeader.Source source ->
                "source with an address of "
                        + source.address().getAddress().getClass().getSimpleName();
        };
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public String describe(int choice) {
        return "cut " + choice;
    }
}
