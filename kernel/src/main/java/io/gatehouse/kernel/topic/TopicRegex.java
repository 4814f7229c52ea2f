package io.gatehouse.kernel.topic;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression whose search in a topic always ends soon: clients choose the topic, and lanes search. RE2/J takes time linear in
 * the topic, and topics and the compiled expression are bounded.
 */
public final class TopicRegex {
    /** The longest expression, in characters. */
    public static final int MAX_LENGTH = 512;

    /** The longest topic that is searched, in characters. */
    public static final int MAX_TOPIC = 1_024;

    private static final int MAX_PROGRAM = 1_000;
    private static final int MAX_COPIES = 1_000;
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,9}),?(\\d{0,9})\\}");

    private final Pattern pattern;

    private TopicRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException with one sentence on what is wrong with it
     */
    public static TopicRegex compile(String expression) {
        if (expression.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is too long: at most " + MAX_LENGTH + " characters");
        }
        if (repeatsTooMuch(expression)) {
            throw tooLarge();
        }
        try {
            Pattern pattern = Pattern.compile(expression);
            if (pattern.programSize() > MAX_PROGRAM) {
                throw tooLarge();
            }
            return new TopicRegex(pattern);
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
        while (repetition.find() && copies <= MAX_COPIES) {
            String most = repetition.group(2).isEmpty() ? repetition.group(1) : repetition.group(2);
            copies *= Math.max(1, Long.parseLong(most));
        }
        return copies > MAX_COPIES;
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException("repeats too much: its {n} make it too large");
    }

    /** How many groups it has. */
    public int groups() {
        return pattern.groupCount();
    }

    /** True when the topic is short enough to be searched. */
    boolean canSearch(String topic) {
        return topic.length() <= MAX_TOPIC;
    }

    /** What each group found, the empty text where it took no part; null when the expression is not found in the topic. */
    @Nullable
    IntFunction<String> find(String topic) {
        Matcher matcher = pattern.matcher(topic);
        return matcher.find() ? group -> Objects.requireNonNullElse(matcher.group(group), "") : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicRegex regex && toString().equals(regex.toString());
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
