package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.kernel.fuzz.Corpus;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes at all. The committed corpus is text (see {@link HexText}); each of its files is replayed as it is, cut off at
 * every place and with bytes changed. With {@code JAZZER_FUZZ=1} in the environment {@link #anyBytes} looks for more.
 */
class CodecFuzzTest {

    static Stream<Path> corpus() {
        return Corpus.files(CodecFuzzTest.class);
    }

    static Stream<byte[]> seeds() {
        return Corpus.inputs(CodecFuzzTest.class);
    }

    @MethodSource("seeds")
    @FuzzTest // Jazzer wants to be the last annotation
    void anyBytes(byte[] input) throws MalformedPacket {
        CodecInvariants.check(input);
    }

    @Test
    void theCorpusIsThere() {
        List<Path> files = corpus().toList();
        assertThat(files)
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(file.toString()).endsWith(".hex"));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void replaysTheCorpus(Path file) throws MalformedPacket {
        byte[] input = Corpus.read(file);
        CodecInvariants.check(input);
        for (int length = 0; length < input.length; length++) {
            CodecInvariants.check(Arrays.copyOf(input, length));
        }
        Random random = new Random(input.length);
        for (int round = 0; round < 20; round++) {
            byte[] changed = input.clone();
            changed[random.nextInt(input.length)] = (byte) random.nextInt();
            changed[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
            CodecInvariants.check(changed);
        }
    }
}
