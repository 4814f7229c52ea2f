package io.gatehouse.kernel.regex;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression whose search always ends soon: clients choose the text, and lanes search. RE2/J takes time linear in the text, where
 * a backtracking engine can need exponential time; the factors that remain are bounded: the expression, the program it is compiled to, and
 * the text.
 */
public final class BoundedRegex {
    /** The longest text that is searched, in characters. */
    public static final int LONGEST_TEXT = 1_024;

    private static final int MOST_COPIES = 1_000;
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,9}),?(\\d{0,9})\\}");

    private final Pattern pattern;

    /**
     * What an expression may be.
     *
     * @param length in characters
     * @param program what it is compiled to, in instructions: what a search costs for each character
     */
    public record Bounds(int length, int program) {}

    private BoundedRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException with what is wrong with it: the rest of a sentence that begins with its name
     */
    public static BoundedRegex compile(String expression, Bounds bounds) {
        if (expression.length() > bounds.length()) {
            throw new IllegalArgumentException("is too long: at most " + bounds.length() + " characters");
        }
        if (repeatsTooMuch(expression)) {
            throw tooLarge();
        }
        Pattern pattern = compiled(expression);
        if (pattern.programSize() > bounds.program()) {
            throw tooLarge();
        }
        return new BoundedRegex(pattern);
    }

    private static Pattern compiled(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "is no regular expression of RE2 (which has no look-around and no back-references): "
                            + e.getDescription(),
                    e);
        }
    }

    /** RE2/J unrolls {@code (a{1000}){1000}} before its size can be asked for: no more than this many copies of anything are tried. */
    private static boolean repeatsTooMuch(String expression) {
        long copies = 1;
        Matcher repetition = REPETITION.matcher(expression);
        while (repetition.find() && copies <= MOST_COPIES) {
            String most = repetition.group(2).isEmpty() ? repetition.group(1) : repetition.group(2);
            copies *= Math.max(1, Long.parseLong(most));
        }
        return copies > MOST_COPIES;
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException("repeats too much: its {n} make it too large");
    }

    /** How many groups it has. */
    public int groups() {
        return pattern.groupCount();
    }

    /** What it costs to search, in instructions for each character. */
    public int size() {
        return pattern.programSize();
    }

    /** True when the text is short enough to be searched; what else is asked about it has no answer. */
    public static boolean canSearch(String text) {
        return text.length() <= LONGEST_TEXT;
    }

    /** True when the expression is found anywhere in the text. */
    public boolean isFoundIn(String text) {
        return pattern.matcher(text).find();
    }

    /** What each group found, the empty text where it took no part; null when the expression is not found in the text. */
    public @Nullable IntFunction<String> find(String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? group -> Objects.requireNonNullElse(matcher.group(group), "") : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoundedRegex regex && toString().equals(regex.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return pattern.pattern();
    }
}
