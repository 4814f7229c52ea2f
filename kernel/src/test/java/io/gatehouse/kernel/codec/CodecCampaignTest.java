package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fuzz.Campaign;
import io.gatehouse.kernel.fuzz.FuzzTarget;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random inputs for every decoder. {@code -Dfuzz.inputs=10000000} makes a campaign of it, {@code -Dfuzz.seed=2} another one, and
 * {@code -Dfuzz.outcomes=FILE} writes the smallest input of each outcome of the packets, for {@code outcomes.txt}. The figures are
 * printed.
 */
class CodecCampaignTest {
    private static final long INPUTS = Long.getLong("fuzz.inputs", 100_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int SMALL = 48;

    /** What is thrown at. */
    enum Decoder {
        PACKETS(40),
        PROPERTIES(30),
        TEXTS(3),
        LENGTHS(3);

        private final int leastOutcomes;

        Decoder(int leastOutcomes) {
            this.leastOutcomes = leastOutcomes;
        }

        private FuzzTarget target() throws IOException, URISyntaxException {
            return switch (this) {
                case PACKETS -> new PacketTarget(CodecFuzzTest.seeds().toList());
                case PROPERTIES -> new PropertyTarget();
                case TEXTS -> new TextTarget();
                case LENGTHS -> new LengthTarget();
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesEveryInput(Decoder decoder) throws Exception {
        Campaign campaign = new Campaign(decoder.target(), SEED);
        Campaign.Figures figures = campaign.run(INPUTS);
        System.out.println(decoder + ": " + figures);

        // Otherwise the inputs would all end at the door.
        assertThat(figures.outcomes()).isGreaterThanOrEqualTo(decoder.leastOutcomes);
        String file = System.getProperty("fuzz.outcomes");
        if (file != null && decoder == Decoder.PACKETS) {
            Files.write(Path.of(file), lines(campaign));
        }
    }

    /** One line for each sentence, and one for each packet that was accepted alone. */
    private static List<String> lines(Campaign campaign) {
        Map<String, String> lines = new TreeMap<>();
        for (Campaign.Found found : campaign.outcomes()) {
            String[] words = found.outcome().split(": ", 2);
            if (words[0].isEmpty() || (!words[0].contains(" ! ") && words[0].contains(" "))) {
                continue; // nothing complete, or several packets and nothing wrong with any of them
            }
            String sentence = words.length < 2 ? words[0] : words[1];
            if (!lines.containsKey(sentence)) {
                Campaign.Found small = campaign.smaller(found);
                if (small.input().length <= SMALL) {
                    lines.put(sentence, line(campaign.target(), small, sentence));
                }
            }
        }
        return List.copyOf(lines.values());
    }

    private static String line(FuzzTarget target, Campaign.Found found, String sentence) {
        return "%s | %s | %s # %s"
                .formatted(
                        target.describe(found.choice()),
                        CodecOutcomesTest.brief(found.outcome()),
                        HexFormat.ofDelimiter(" ").formatHex(found.input()),
                        sentence);
    }
}
