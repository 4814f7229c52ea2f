package io.gatehouse.kernel.config;

import io.gatehouse.kernel.regex.BoundedRegex;
import io.gatehouse.kernel.topic.NameTemplate;
import io.gatehouse.kernel.topic.RewriteRule;
import io.gatehouse.kernel.topic.RewriteRules;
import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.List;

/** The setting {@code rewrite}: rules that give other names to topics. */
final class RewriteList {
    private static final int MOST = 100;
    private static final int LONGEST = 1_024;

    private static final SectionList.Field<String> ACTION =
            new SectionList.Field<>("action", new ChoiceType(List.of("publish", "subscribe", "all")), "all");
    private static final SectionList.Field<String> SOURCE =
            new SectionList.Field<>("source", new TextType(LONGEST, "a topic filter"), null);
    private static final SectionList.Field<String> PATTERN = new SectionList.Field<>(
            "pattern", new TextType(RewriteRule.PATTERN_BOUNDS.length(), "a regular expression"), null);
    private static final SectionList.Field<String> REPLACEMENT =
            new SectionList.Field<>("replacement", new TextType(LONGEST, "the new topic"), null);

    /** As it is in the file. */
    static final SectionList<Entry> TYPE = new SectionList<>(
            MOST,
            List.of(ACTION, SOURCE, PATTERN, REPLACEMENT),
            RewriteList::entry,
            "{ action = all, source = \"x/#\", pattern = \"^x/(.+)$\", replacement = \"y/$1\" }");

    private RewriteList() {}

    /** One rule and what it is for. */
    record Entry(String action, RewriteRule rule) {}

    private static Reading<Entry> entry(SectionList.Values values) {
        String source = values.get(SOURCE);
        if (!TopicFilters.isValidFilter(source)) {
            return bad(SOURCE, "must be a topic filter, where + and # fill a level, not " + Found.text(source));
        }
        BoundedRegex pattern;
        try {
            pattern = BoundedRegex.compile(values.get(PATTERN), RewriteRule.PATTERN_BOUNDS);
        } catch (IllegalArgumentException e) {
            return bad(PATTERN, String.valueOf(e.getMessage()));
        }
        try {
            NameTemplate replacement = NameTemplate.withGroups(values.get(REPLACEMENT), pattern.groups());
            return Reading.good(new Entry(values.get(ACTION), new RewriteRule(source, pattern, replacement)));
        } catch (IllegalArgumentException e) {
            return bad(REPLACEMENT, String.valueOf(e.getMessage()));
        }
    }

    private static Reading<Entry> bad(SectionList.Field<?> field, String message) {
        return new Reading.Bad<>(List.of(new Reading.Fault(-1, field.name(), message)));
    }

    static RewriteRules rules(List<Entry> entries) {
        return new RewriteRules(without("subscribe", entries), without("publish", entries));
    }

    private static List<RewriteRule> without(String action, List<Entry> entries) {
        return entries.stream()
                .filter(entry -> !entry.action().equals(action))
                .map(Entry::rule)
                .toList();
    }
}
