package io.gatehouse.kernel.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicAliasesTest {

    @Test
    void remembersAndReplacesTopics() {
        TopicAliases aliases = new TopicAliases(65_535, 1 << 20);

        assertThat(aliases.resolve(65_535, "a")).isEqualTo("a");
        assertThat(aliases.resolve(65_535, "")).isEqualTo("a");
        assertThat(aliases.resolve(65_535, "b")).isEqualTo("b");
        assertThat(aliases.resolve(65_535, "")).isEqualTo("b");
        assertThat(aliases.resolve(1, "")).isNull();
    }

    /** One small packet must not make a connection hold a place for each alias that there could be. */
    @Test
    void holdsRoomForTheAliasesThatAreSetAndNotForTheHighest() {
        TopicAliases aliases = new TopicAliases(65_535, 1 << 20);

        for (int alias = 65_535; alias > 65_525; alias--) {
            aliases.resolve(alias, "topic of " + alias);
        }

        assertThat(aliases.resolve(65_530, "")).isEqualTo("topic of 65530");
        assertThat(aliases.resolve(65_525, "")).isNull();
        assertThat(aliases.room()).isLessThanOrEqualTo(64);
    }

    @Test
    void takesNoneBeyondItsMaximum() {
        assertThat(TopicAliases.NONE.resolve(1, "a")).isNull();
        assertThat(new TopicAliases(5, 1 << 20).resolve(6, "a")).isNull();
    }

    @Test
    void boundsTheLengthOfAllTopicsTogether() {
        TopicAliases aliases = new TopicAliases(65_535, 1 << 20);
        String topic = "x".repeat(65_535);
        int alias = 1;
        while (alias < 100 && aliases.resolve(alias, topic) != null) {
            alias++;
        }

        assertThat(alias).isEqualTo(17);
    }
}
