package io.gatehouse.authz.acl.rule;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression whose search always ends soon.
 *
 * <p>Clients choose the text that is searched, and the search runs on an event loop. Therefore RE2/J, which needs time linear in the
 * text where a backtracking engine can need exponential time, and therefore bounds on the three factors that remain: the expression, the
 * program it is compiled to, and the text.
 */
final class BoundedRegex {
    /** The longest expression, in characters. */
    static final int MAX_LENGTH = 1_024;

    /** The largest program, in instructions. */
    static final int MAX_PROGRAM = 1_000;

    /** The longest text that is searched, in characters. */
    static final int MAX_TEXT = 1_024;

    /** RE2/J unrolls repetitions before its size can be asked for; what could come near this is not even tried. */
    private static final long MAX_UNROLLED = 20_000;

    private static final Pattern REPETITION = Pattern.compile("(\\)?)\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

    private final Pattern pattern;

    private BoundedRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException with one sentence on what is wrong with it
     */
    static BoundedRegex compile(String expression) {
        if (expression.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the regular expression is too long: at most " + MAX_LENGTH + " characters");
        }
        if (unrolledAtMost(expression) > MAX_UNROLLED) {
            throw tooLarge();
        }
        Pattern pattern = compiled(expression);
        if (pattern.programSize() > MAX_PROGRAM) {
            throw tooLarge();
        }
        return new BoundedRegex(pattern);
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
        return new IllegalArgumentException("the regular expression repeats too much: its {n} make it too large");
    }

    /**
     * Not less than the size after unrolling: a repeated character adds its copies, a repeated group multiplies at most everything. What
     * only looks like a repetition makes the number larger, never smaller.
     */
    private static long unrolledAtMost(String expression) {
        long size = expression.length();
        long factor = 1;
        Matcher repetition = REPETITION.matcher(expression);
        while (repetition.find()) {
            long times = Math.max(count(repetition.group(2)), count(repetition.group(3)));
            if (repetition.group(1).isEmpty()) {
                size += times;
            } else {
                factor = Math.min(factor * Math.max(times, 1), MAX_UNROLLED + 1);
            }
        }
        return size * factor;
    }

    private static long count(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** True when the text is short enough to be searched. */
    boolean canJudge(String text) {
        return text.length() <= MAX_TEXT;
    }

    /** True when the expression is found anywhere in the text. */
    boolean isFoundIn(String text) {
        return pattern.matcher(text).find();
    }

    /** How much memory and time it takes, in instructions. */
    int size() {
        return pattern.programSize();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
