package io.gatehouse.kernel.develop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTextTest {
    private static final String CHOICE = """
            before
            #if($role == "one")
            one ${name}
            #elseif($role == "two")
            two ${name}
            #end
            after
            """;

    @Test
    void keepsTheLinesOfTheBranchThatHolds() {
        assertThat(render("one")).isEqualTo("before\none X\nafter\n");
        assertThat(render("two")).isEqualTo("before\ntwo X\nafter\n");
        assertThat(render("three")).isEqualTo("before\nafter\n");
    }

    @Test
    void leavesReferencesToWhatItDoesNotKnow() {
        assertThat(TemplateText.render("${gatehouse.home} ${name}\n", Map.of("name", "X")))
                .isEqualTo("${gatehouse.home} X\n");
    }

    private static String render(String role) {
        return TemplateText.render(CHOICE, Map.of("role", role, "name", "X"));
    }
}
