package io.gatehouse.kernel.config.hocon;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyScannerTest {
    private static List<Position> find(String text, String... path) {
        return KeyScanner.scan(text).find(KeyPath.of(path));
    }

    private static Position at(int line, int column) {
        return new Position(line, column);
    }

    @Test
    void findsEachPartOfADottedKey() {
        String text = "a.bb.\"c d\".e = 1";

        assertThat(find(text, "a")).containsExactly(at(1, 1));
        assertThat(find(text, "a", "bb")).containsExactly(at(1, 3));
        assertThat(find(text, "a", "bb", "c d")).containsExactly(at(1, 6));
        assertThat(find(text, "a", "bb", "c d", "e")).containsExactly(at(1, 12));
    }

    @Test
    void findsKeysInNestedSections() {
        String text = "{ a {\n\tb : { c = 1, d = 2 }\n  e = 3 } \n f=4 }";

        assertThat(find(text, "a", "b")).containsExactly(at(2, 2));
        assertThat(find(text, "a", "b", "d")).containsExactly(at(2, 15));
        assertThat(find(text, "a", "e")).containsExactly(at(3, 3));
        assertThat(find(text, "f")).containsExactly(at(4, 2));
    }

    @Test
    void findsEveryMention() {
        assertThat(find("a = 1\na = 2\na { b = 3 }", "a")).containsExactly(at(1, 1), at(2, 1), at(3, 1));
    }

    @Test
    void findsListElements() {
        String text = "a = [ x,\n  y\n  { b = 1 }, [ z ] ]";

        assertThat(find(text, "a", "[0]")).containsExactly(at(1, 7));
        assertThat(find(text, "a", "[1]")).containsExactly(at(2, 3));
        assertThat(find(text, "a", "[2]", "b")).containsExactly(at(3, 5));
        assertThat(find(text, "a", "[3]", "[0]")).containsExactly(at(3, 16));
    }

    @Test
    void countsOnWhenListsArePutTogether() {
        assertThat(find("a = [x] [y]", "a", "[1]")).containsExactly(at(1, 10));
    }

    @Test
    void doesNotCountElementsThatFollowAnUnknownNumberOfOthers() {
        assertThat(find("a += x\na = ${a} [y]", "a", "[0]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# b = 0",
                "// b = 0",
                "a = \"b = 0\"",
                "a = \"\\\"b = 0\"",
                "a = \"\"\"\nb = 0\n\"\"\"",
                "a = \"\"\"x\"\"\"\"",
                "a = x # { [ \"",
                "a = ${b}",
                "a = ${?b}",
                "a = \"${b\"",
                "include \"b.conf\"",
                "include required(file(\"b.conf\"))",
                "a = [ 1, # ]\n 2 ]",
                "a { } # }",
                "\uFEFFa = 1",
                "a = x y z",
                "a = {\n} \n",
                "a :\n\n  1",
                "a = 1,",
                "include.b = 1",
                "a = x//y",
                ""
            })
    void isNotLedAstray(String before) {
        String text = before + "\nb = 1";
        int line = (int) text.lines().count();

        assertThat(find(text, "b")).containsExactly(at(line, 1));
        assertThat(KeyScanner.scan(text).finding()).isEmpty();
    }

    @Test
    void agreesWithTheParserOnUnusualKeys() {
        String text =
                "a . b c = 1\n \"d\" \"e\" = 1\nf\"g\"h = 1\n\"a\\n\\t\\\"\\\\\\u00e9\" = 1\n\"\\r\\b\\f\\/\".x = 2";
        Config parsed = ConfigFactory.parseString(text);

        assertThat(parsed.entrySet())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(
                                find(text, ConfigUtil.splitPath(entry.getKey()).toArray(String[]::new)))
                        .hasSize(1));
    }

    @Test
    void findsIncludesWithTheSectionTheyStandIn() {
        KeyIndex index = KeyScanner.scan("include \"a.conf\"\nb { include required(file(\"c.conf\"))\n d = 1 }");

        assertThat(index.includes())
                .containsExactly(
                        new KeyIndex.Include(KeyPath.ROOT, "a.conf", at(1, 1)),
                        new KeyIndex.Include(KeyPath.of("b"), "c.conf", at(2, 5)));
        assertThat(index.find(KeyPath.of("b", "d"))).containsExactly(at(3, 2));
    }

    @Test
    void findsSubstitutions() {
        assertThat(KeyScanner.scan("a = x ${b.c}\nd = ${?E}").substitutions())
                .containsExactly(new KeyIndex.Substitution("b.c", at(1, 7)), new KeyIndex.Substitution("E", at(2, 5)));
    }

    @Test
    void stopsAtTheDepthThatTheParserMaySee() {
        String deepest = "a={".repeat(KeyScanner.MAX_DEPTH) + "}".repeat(KeyScanner.MAX_DEPTH);

        assertThat(KeyScanner.scan(deepest).tooDeep()).isEmpty();
        assertThat(KeyScanner.scan("b={" + deepest + "}").tooDeep()).contains(at(1, 3 * KeyScanner.MAX_DEPTH + 2));
    }

    @Test
    void writesPathsAsOperatorsDo() {
        assertThat(KeyPath.of("a", "b c", "", "d-1").element(2)).hasToString("a.\"b c\".\"\".d-1[2]");
    }
}
