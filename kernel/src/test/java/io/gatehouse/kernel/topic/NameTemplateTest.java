package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTemplateTest {
    @Test
    void putsTheClientsNamesInTheirPlaces() {
        NameTemplate template = NameTemplate.of("a/${clientid}/${username}-x/$1/$");

        assertThat(template.fill("c", "u")).isEqualTo("a/c/u-x/$1/$");
        assertThat(template.fill("c", null)).isNull();
        assertThat(NameTemplate.of("plain").fill("c", null)).isEqualTo("plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "+", "#", "a\u0000", "a\nb", "\u0085"})
    void takesNoNameThatWouldChangeTheTopic(String name) {
        assertThat(NameTemplate.of("a/${clientid}").fill(name, null)).isNull();
        assertThat(NameTemplate.of("a/${username}").fill("c", name)).isNull();
    }

    @Test
    void letsNoNameBeginWithADollarWhereTheTopicBegins() {
        assertThat(NameTemplate.of("${clientid}/a").fill("$SYS", null)).isNull();
        assertThat(NameTemplate.of("a/${clientid}").fill("$SYS", null)).isEqualTo("a/$SYS");
    }

    @Test
    void putsWhatWasFoundInItsPlaceAndReadsNoNameAsAPlace() {
        NameTemplate template = NameTemplate.withGroups("$2/${clientid}/$1$1", 2);

        assertThat(template.fill("$1", null, group -> "g" + group)).isEqualTo("g2/$1/g1g1");
    }

    @Test
    void refusesPlacesThatNobodyKnows() {
        assertThatThrownBy(() -> NameTemplate.of("${peerhost}")).hasMessageContaining("knows no ${peerhost}");
        assertThatThrownBy(() -> NameTemplate.withGroups("$3", 2)).hasMessageContaining("$3");
    }
}
