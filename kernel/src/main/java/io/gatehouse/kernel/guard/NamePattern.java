package io.gatehouse.kernel.guard;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression for names that strangers choose, applied on a lane: RE2, which needs time linear in the text, with bounds on the
 * expression, the program it is compiled to, and the text.
 */
final class NamePattern {
    static final int LONGEST_EXPRESSION = 256;
    static final int LONGEST_NAME = 1_024;
    static final int LARGEST_PROGRAM = 500;

    /** RE2/J unrolls repetitions before it can be asked how large they are, so all of them together are bounded before. */
    private static final int MOST_REPETITIONS = 1_000;

    private static final Pattern REPETITION = Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");
    private static final int LONGEST_NUMBER = 4;

    private final Pattern pattern;

    private NamePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException with a sentence on what is wrong with it
     */
    static NamePattern compile(String expression) {
        if (expression.length() > LONGEST_EXPRESSION) {
            throw new IllegalArgumentException(
                    "a regular expression may have " + LONGEST_EXPRESSION + " characters, this one has more");
        }
        if (repetitions(expression) > MOST_REPETITIONS) {
            throw tooLarge();
        }
        Pattern pattern = compiled(expression);
        if (pattern.programSize() > LARGEST_PROGRAM) {
            throw tooLarge();
        }
        return new NamePattern(pattern);
    }

    private static Pattern compiled(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the regular expression is not valid: " + e.getDescription()
                            + " (RE2 syntax, which has no look-around and no back-references)",
                    e);
        }
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException(
                "the regular expression repeats too much: write smaller numbers into its {n}");
    }

    /** Not less than what nested repetitions multiply to. */
    private static long repetitions(String expression) {
        long product = 1;
        Matcher repetition = REPETITION.matcher(expression);
        while (repetition.find() && product <= MOST_REPETITIONS) {
            String most = repetition.group(2) == null || repetition.group(2).isEmpty()
                    ? repetition.group(1)
                    : repetition.group(2);
            product *= most.length() > LONGEST_NUMBER ? MOST_REPETITIONS + 1 : Math.max(1, Integer.parseInt(most));
        }
        return product;
    }

    /** Whether the expression is found in the name. A name that is too long to be searched counts as if: better one too many. */
    boolean isFoundIn(String name) {
        return name.length() > LONGEST_NAME || pattern.matcher(name).find();
    }

    /** What it costs to search, in instructions for each character. */
    int size() {
        return pattern.programSize();
    }
}
