package io.gatehouse.sdk.mqtt;

/**
 * What topic filters say about topic names and about each other (MQTT 5.0 section 4.7), for authorizers and whoever else has to
 * compare them.
 *
 * <p>A filter stands for the set of topic names it selects: {@code matches} asks whether a name is in the set, {@code covers} whether
 * one set contains another, {@code overlaps} whether two sets meet. All three know that {@code sport/#} also selects {@code sport}
 * itself and that a filter that begins with a wildcard selects no name that begins with {@code $} (section 4.7.2). To them the empty text
 * is a name like any other, though nothing can be published there; that {@code +} and {@code /#} overlap comes from this.
 *
 * <p>Pure functions that any thread may call; they allocate nothing and take time linear in the length of their arguments. Except for
 * the two {@code isValid} methods arguments must be valid: for others the answer means nothing, yet nothing is thrown. Filters come
 * without a {@code $share/group/} prefix.
 */
public final class TopicFilters {
    /** The longest topic name or filter, in bytes of UTF-8 (MQTT 5.0 section 1.5.4). */
    private static final int MAX_BYTES = 65_535;

    private TopicFilters() {}

    /** True when this can be the topic name of a publication: 1 to 65,535 bytes of well-formed text without wildcards and U+0000. */
    public static boolean isValidTopicName(String topic) {
        return topic.indexOf('+') < 0 && topic.indexOf('#') < 0 && isValidText(topic);
    }

    /**
     * True when this can be a topic filter: 1 to 65,535 bytes of well-formed text without U+0000, where {@code +} and {@code #} fill a
     * whole level and {@code #} is the last one.
     */
    public static boolean isValidFilter(String filter) {
        int last = filter.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = filter.charAt(i);
            if (c != '+' && c != '#') {
                continue;
            }
            boolean begins = i == 0 || filter.charAt(i - 1) == '/';
            boolean ends = i == last || (c == '+' && filter.charAt(i + 1) == '/');
            if (!begins || !ends) {
                return false;
            }
        }
        return isValidText(filter);
    }

    /** True when the filter has a wildcard, and may thus select more than one topic name. */
    public static boolean hasWildcard(String filter) {
        return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0;
    }

    /** True when the filter selects this topic name. */
    public static boolean matches(String filter, String topic) {
        if (isReserved(topic) && beginsWithWildcard(filter)) {
            return false;
        }
        int f = 0;
        int t = 0;
        while (true) {
            if (isMultiLevel(filter, f)) {
                return true;
            }
            int filterEnd = levelEnd(filter, f);
            int topicEnd = levelEnd(topic, t);
            if (!isSingleLevel(filter, f, filterEnd) && !sameLevel(filter, f, filterEnd, topic, t, topicEnd)) {
                return false;
            }
            if (topicEnd == topic.length()) {
                return endsOrMultiLevel(filter, filterEnd);
            }
            if (filterEnd == filter.length()) {
                return false;
            }
            f = filterEnd + 1;
            t = topicEnd + 1;
        }
    }

    /**
     * True when {@code wide} selects every topic name that {@code narrow} selects: who may receive all of {@code wide} may subscribe to
     * {@code narrow}.
     */
    public static boolean covers(String wide, String narrow) {
        if (narrow.equals("#")) {
            // Every name has a first level, so these two select the same names although their levels differ.
            return wide.equals("#") || wide.equals("+/#");
        }
        if (isReserved(narrow) && beginsWithWildcard(wide)) {
            return false;
        }
        int w = 0;
        int n = 0;
        while (true) {
            if (isMultiLevel(wide, w)) {
                return true;
            }
            if (isMultiLevel(narrow, n)) {
                return false;
            }
            int wideEnd = levelEnd(wide, w);
            int narrowEnd = levelEnd(narrow, n);
            if (!isSingleLevel(wide, w, wideEnd) && !sameLevel(wide, w, wideEnd, narrow, n, narrowEnd)) {
                return false;
            }
            if (narrowEnd == narrow.length()) {
                return endsOrMultiLevel(wide, wideEnd);
            }
            if (wideEnd == wide.length()) {
                return false;
            }
            w = wideEnd + 1;
            n = narrowEnd + 1;
        }
    }

    /** True when there is a topic name that both filters select. */
    public static boolean overlaps(String one, String other) {
        if ((isReserved(one) && beginsWithWildcard(other)) || (isReserved(other) && beginsWithWildcard(one))) {
            return false;
        }
        int a = 0;
        int b = 0;
        while (true) {
            if (isMultiLevel(one, a) || isMultiLevel(other, b)) {
                return true;
            }
            int aEnd = levelEnd(one, a);
            int bEnd = levelEnd(other, b);
            if (!isSingleLevel(one, a, aEnd)
                    && !isSingleLevel(other, b, bEnd)
                    && !sameLevel(one, a, aEnd, other, b, bEnd)) {
                return false;
            }
            if (aEnd == one.length()) {
                return endsOrMultiLevel(other, bEnd);
            }
            if (bEnd == other.length()) {
                return endsOrMultiLevel(one, aEnd);
            }
            a = aEnd + 1;
            b = bEnd + 1;
        }
    }

    private static boolean isReserved(String topicOrFilter) {
        return !topicOrFilter.isEmpty() && topicOrFilter.charAt(0) == '$';
    }

    private static boolean beginsWithWildcard(String filter) {
        return !filter.isEmpty() && (filter.charAt(0) == '+' || filter.charAt(0) == '#');
    }

    /** The index of the separator that ends the level, or the length of the text. */
    private static int levelEnd(String text, int start) {
        int end = text.indexOf('/', start);
        return end < 0 ? text.length() : end;
    }

    /** True when the level that starts here is {@code #}, which can only be the last one. */
    private static boolean isMultiLevel(String filter, int start) {
        return start == filter.length() - 1 && filter.charAt(start) == '#';
    }

    private static boolean isSingleLevel(String filter, int start, int end) {
        return end - start == 1 && filter.charAt(start) == '+';
    }

    private static boolean sameLevel(String one, int start, int end, String other, int otherStart, int otherEnd) {
        int length = end - start;
        return length == otherEnd - otherStart && one.regionMatches(start, other, otherStart, length);
    }

    /** True when the filter has nothing after this level, or only {@code #}, which includes its parent level (section 4.7.1.2). */
    private static boolean endsOrMultiLevel(String filter, int levelEnd) {
        return levelEnd == filter.length() || isMultiLevel(filter, levelEnd + 1);
    }

    private static boolean isValidText(String text) {
        if (text.isEmpty() || text.length() > MAX_BYTES) {
            return false;
        }
        int bytes = 0;
        int i = 0;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            boolean loneSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            if (codePoint == 0 || loneSurrogate) {
                return false;
            }
            bytes += utf8Length(codePoint);
            i += Character.charCount(codePoint);
        }
        return bytes <= MAX_BYTES;
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x1_0000 ? 3 : 4;
    }
}
