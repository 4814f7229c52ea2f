package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

    static Stream<Path> corpus() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(CodecFuzzTest.class.getResource("corpus"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.sorted().toList().stream();
        }
    }

    static Stream<byte[]> seeds() throws IOException, URISyntaxException {
        List<byte[]> seeds = new ArrayList<>();
        for (Path file : corpus().toList()) {
            seeds.add(HexText.bytes(Files.readString(file)));
        }
        return seeds.stream();
    }

    @MethodSource("seeds")
    @FuzzTest // Jazzer wants to be the last annotation
    void anyBytes(byte[] input) throws MalformedPacket {
        CodecInvariants.check(input);
    }

    @Test
    void theCorpusIsThere() throws IOException, URISyntaxException {
        List<Path> files = corpus().toList();
        assertThat(files)
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(file.toString()).endsWith(".hex"));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void replaysTheCorpus(Path file) throws IOException, MalformedPacket {
        byte[] input = HexText.bytes(Files.readString(file));
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
