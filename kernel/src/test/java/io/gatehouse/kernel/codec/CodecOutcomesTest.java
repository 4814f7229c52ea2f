package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.MqttVersion;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The smallest input of every outcome that fuzzing found: {@code version side | packets ! refusal | bytes # sentence}. Whoever changes what
 * a packet is answered with changes a line here. {@link CodecCampaignTest} writes such a file.
 */
class CodecOutcomesTest {
    private static final int AT_LEAST = 100;

    static List<String> lines() throws IOException, URISyntaxException {
        URL file = Objects.requireNonNull(CodecOutcomesTest.class.getResource("outcomes.txt"));
        return Files.readAllLines(Path.of(file.toURI()));
    }

    /** An outcome without the sentence. */
    static String brief(String outcome) {
        return outcome.split(": ", 2)[0];
    }

    @ParameterizedTest
    @MethodSource("lines")
    void staysAsItWas(String line) {
        String[] columns = line.split(" \\| ", 3);
        String[] reader = columns[0].split(" ", 2);
        int choice = PacketTarget.choice(MqttVersion.valueOf(reader[0]), Side.valueOf(reader[1]));
        byte[] input = HexText.bytes(columns[2]);

        assertThat(brief(new PacketTarget(List.of()).check(input, choice))).isEqualTo(columns[1]);
    }

    @Test
    void thereAreMany() throws IOException, URISyntaxException {
        assertThat(lines()).hasSizeGreaterThan(AT_LEAST);
    }
}
