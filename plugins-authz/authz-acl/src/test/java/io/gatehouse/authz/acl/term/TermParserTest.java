package io.gatehouse.authz.acl.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TermParserTest {
    @Test
    void readsTermsWithTheirPlaces() {
        String text = """
                % a comment. {with, braces}
                {allow, 'and' , ["x", 12]}. % behind a rule
                  {}.
                """;

        assertThat(terms(text))
                .containsExactly(
                        new Term.Tuple(
                                new Position(2, 1),
                                List.of(
                                        new Term.Atom(new Position(2, 2), "allow"),
                                        new Term.Atom(new Position(2, 9), "and"),
                                        new Term.Sequence(
                                                new Position(2, 17),
                                                List.of(
                                                        new Term.Text(new Position(2, 18), "x"),
                                                        new Term.Whole(new Position(2, 23), 12))))),
                        new Term.Tuple(new Position(3, 3), List.of()));
    }

    @Test
    void endsATermAtADotBeforeBlankCommentOrEnd() {
        assertThat(terms("a. b.% comment\nc.\r\nd.\u00A0e.")).hasSize(5);
    }

    @Test
    void countsColumnsInCharacters() {
        assertThat(terms("\"\uD83D\uDE00é\" .\t b.").get(1).at()).isEqualTo(new Position(1, 9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a\\\"b\"        | a\"b",
                "\"a\\\\d\"        | a\\d",
                "\"\\x41\\x{20AC}\"| A€",
                "\"\\101\\s\\'\"   | A '",
                "\"\\60\\0617\"    | 017",
            })
    void readsEscapes(String source, String value) {
        assertThat(terms(source + "."))
                .singleElement()
                .isInstanceOfSatisfying(
                        Term.Text.class, text -> assertThat(text.value()).isEqualTo(value));
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of(
                        "{allow, all}",
                        "1:13: expected the dot that ends the rule of 1:1 but found the end of the file"),
                Arguments.of(
                        "{allow, all}\n{deny, all}.", "2:1: expected the dot that ends the rule of 1:1 but found `{`"),
                Arguments.of(
                        "{allow, [\"a\" \"b\"]}.",
                        "1:14: expected `,` or `]` but found \"b\"; the `[` at 1:9 is still open"),
                Arguments.of(
                        "{allow, all.",
                        "1:12: expected `,` or `}` but found the dot that ends the rule; the `{` at 1:1 is still open"),
                Arguments.of("{allow,}.", "1:8: a value is missing before `}`"),
                Arguments.of("{allow, all}}.", "1:13: expected the dot that ends the rule of 1:1 but found `}`"),
                Arguments.of(".", "1:1: a value is missing before the dot that ends the rule"),
                Arguments.of("{allow, \"x}.\n", "1:9: this text is not closed: put \" at its end, on the same line"),
                Arguments.of("'x.", "1:1: this text is not closed: put ' at its end, on the same line"),
                Arguments.of("\"a\\", "1:1: this text is not closed: put \" at its end, on the same line"),
                Arguments.of("\"a\tb\".", "1:1: a control character cannot stand in a text: U+0009"),
                Arguments.of(
                        "\"^a\\d\".",
                        "1:1: \\d stands for a control character, which no text here may hold; for a regular expression's \\d"
                                + " write \\\\d"),
                Arguments.of("\"^a\\.\".", "1:1: there is no escape \\.: for a backslash write \\\\"),
                Arguments.of(
                        "\"\\x7\".",
                        "1:1: \\x must be followed by two hexadecimal digits, or by some in braces as in \\x{20AC}"),
                Arguments.of("\"\\x{D800}\".", "1:1: the escape stands for no character: the largest is \\x{10FFFF}"),
                Arguments.of(
                        "\"\\x{FFFFFFFF}\".", "1:1: the escape stands for no character: the largest is \\x{10FFFF}"),
                Arguments.of(
                        "\"\\0\".",
                        "1:1: the escape stands for a control character, which no text here may hold: U+0000"),
                Arguments.of(
                        "{Allow}.",
                        "1:2: `Allow` is not a word of this language: words are in lower case, write `allow`"),
                Arguments.of("{_x}.", "1:2: `_x` is not a word of this language: words are in lower case"),
                Arguments.of("12345678901.", "1:1: `12345678901` is not a whole number of at most nine digits"),
                Arguments.of("1a.", "1:1: `1a` is not a whole number of at most nine digits"),
                Arguments.of("1.5.", "1:2: a dot ends a rule and must be followed by a space or a new line"),
                Arguments.of("<<\"x\">>.", "1:1: `<` is not expected here: write text as \"text\", without << and >>"),
                Arguments.of("“x”.", "1:1: typographic quotes are not expected here: write plain \" or '"),
                Arguments.of(
                        "{allow | deny}.",
                        "1:8: the character `|` is not expected here: outside of \"text\" only words, whole numbers, { } [ ] , ."
                                + " and %-comments may stand"),
                Arguments.of(
                        "\u0007",
                        "1:1: the character U+0007 is not expected here: outside of \"text\" only words, whole numbers, { } [ ]"
                                + " , . and %-comments may stand"),
                Arguments.of(
                        "\"" + "x".repeat(65_536) + "\".", "1:1: this text is too long: at most 65535 characters"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void tellsMistakesWithPlaceAndRemedy(String text, String expected) {
        assertThat(problems(text)).containsExactly(expected);
    }

    @Test
    void goesOnBehindAMistakeToFindTheOthers() {
        String text = """
                {allow, "unclosed}.
                {allow, $}. {deny, &}.
                {allow, all
                {deny, all}.
                {Deny, all}.
                """;

        assertThat(problems(text))
                .extracting(problem -> problem.substring(0, 3))
                .containsExactly("1:9", "2:9", "2:2", "4:1", "5:2");
    }

    @Test
    void stillReadsTheGoodTermsBesideABrokenOne() {
        assertThat(terms("{a}. {b c}. {d}.")).hasSize(2);
    }

    @Test
    void boundsTheDepth() {
        int deepest = TermParser.MAX_DEPTH;
        assertThat(problems("[".repeat(deepest) + "]".repeat(deepest) + ".")).isEmpty();
        assertThat(problems("[".repeat(deepest + 1) + "]".repeat(deepest + 1) + "."))
                .containsExactly("1:33: nested too deeply: at most 32 levels are read");
        assertThat(problems("[".repeat(1_000_000))).hasSize(1);
    }

    @Test
    void boundsTheElementsOfAList() {
        String longest = "1,".repeat(TermParser.MAX_ELEMENTS - 1) + "1";
        assertThat(problems("[" + longest + "].")).isEmpty();
        assertThat(problems("[" + longest + ",1]."))
                .containsExactly("1:1: too many elements: at most 10000 may stand in one list");
    }

    @Test
    void stopsAtEnoughProblems() {
        assertThat(problems("&.\n".repeat(1_000))).hasSize(Problems.LIMIT);
    }

    @Test
    void showsForeignTextShortenedAndWithoutControlCharacters() {
        assertThat(Shown.shortened("a\u001B[2J\u202Eb\n")).isEqualTo("aU+001B[2JU+202EbU+000A");
        assertThat(Shown.shortened("x".repeat(41))).isEqualTo("x".repeat(40) + "...");
    }

    private static List<Term> terms(String text) {
        TermParser parser = new TermParser(text, new Problems());
        List<Term> terms = new ArrayList<>();
        for (Term term = parser.next(); term != null; term = parser.next()) {
            terms.add(term);
        }
        return terms;
    }

    private static List<String> problems(String text) {
        Problems problems = new Problems();
        TermParser parser = new TermParser(text, problems);
        while (parser.next() != null) {
            assertThat(problems.isFull()).isFalse();
        }
        return problems.inOrder().stream()
                .map(problem -> problem.at() + ": " + problem.text())
                .toList();
    }
}
