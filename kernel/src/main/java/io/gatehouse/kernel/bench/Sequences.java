package io.gatehouse.kernel.bench;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/** What one subscriber has seen of each source: tells repetitions, wrong order and gaps by the numbers of the messages. One thread. */
final class Sequences {
    /** What a number tells. */
    enum Verdict {
        /** It is larger than all before. */
        IN_ORDER,
        /** A larger one came before it, this one not. */
        LATE,
        /** It has come before. */
        DUPLICATE
    }

    /** More sources than this are not told apart: somebody sends payloads that look like stamps. */
    private static final int MOST = 1 << 20;

    private final IntObjectMap<Stream> streams = new IntObjectHashMap<>(2);
    private int lastSource;
    private @Nullable Stream last;
    private long gaps;

    /** The next message of a source. */
    Verdict accept(int source, int sequence) {
        Stream stream = last;
        if (stream == null || source != lastSource) {
            stream = stream(source, sequence);
            lastSource = source;
            last = stream;
        }
        return stream.accept(sequence);
    }

    /** How many numbers were left out and have not come late. */
    long gaps() {
        return gaps;
    }

    private Stream stream(int source, int first) {
        Stream known = streams.get(source);
        if (known != null) {
            return known;
        }
        Stream added = new Stream(first);
        if (streams.size() < MOST) {
            streams.put(source, added);
        }
        return added;
    }

    /** The last 64 numbers of one source, the newest in the lowest bit. Numbers are modulo 2^32. */
    private final class Stream {
        private static final int WINDOW = 64;

        private int newest;
        private long seen;

        Stream(int first) {
            newest = first - 1;
        }

        Verdict accept(int sequence) {
            int ahead = sequence - newest;
            if (ahead > 0) {
                gaps += ahead - 1;
                seen = ahead < WINDOW ? (seen << ahead) | 1 : 1;
                newest = sequence;
                return Verdict.IN_ORDER;
            }
            long bit = -ahead < WINDOW ? 1L << -ahead : 0;
            if (bit == 0 || (seen & bit) != 0) {
                return Verdict.DUPLICATE; // what is that old was most likely sent again
            }
            seen |= bit;
            gaps--;
            return Verdict.LATE;
        }
    }
}
