package io.gatehouse.authz.acl.rule;

import io.gatehouse.authz.acl.term.Problems;
import io.gatehouse.authz.acl.term.Term;
import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of the fourth part of a rule which topics it speaks about. All methods give null when they have noted a problem. */
final class TopicCompiler {
    private static final String LITERAL_PREFIX = "eq ";
    private static final String ALLOWED =
            "a topic is a filter such as \"news/#\", a text to be taken literally such as" + " {eq, \"#\"}, or `all`";

    private final Problems problems;
    private final TemplateParser templates;

    TopicCompiler(Problems problems) {
        this.problems = problems;
        this.templates = new TemplateParser(problems);
    }

    @Nullable
    List<TopicPattern> compile(Term term) {
        if (term.isAtom("all")) {
            return List.of(new TopicPattern.Every());
        }
        if (!(term instanceof Term.Sequence list)) {
            return problems.refuse(
                    term.at(), "topics are a list such as [\"news/#\", {eq, \"#\"}], or `all`, not " + term.shown());
        }
        return list.elements().isEmpty()
                ? problems.refuse(
                        term.at(),
                        "this list of topics is empty, so the rule would never match: name topics or write `all`")
                : all(list.elements());
    }

    private @Nullable List<TopicPattern> all(List<Term> elements) {
        List<TopicPattern> topics = new ArrayList<>();
        for (Term element : elements) {
            TopicPattern topic = topic(element);
            if (topic != null) {
                topics.add(topic);
            }
        }
        return topics.size() < elements.size() ? null : topics;
    }

    private @Nullable TopicPattern topic(Term term) {
        if (term.isAtom("all")) {
            return new TopicPattern.Every();
        }
        if (term instanceof Term.Text text) {
            return text.value().startsWith(LITERAL_PREFIX)
                    ? literal(text, text.value().substring(LITERAL_PREFIX.length()))
                    : filter(text);
        }
        return term.valueOf("eq") instanceof Term.Text text
                ? literal(text, text.value())
                : problems.refuse(term.at(), ALLOWED + ", not " + term.shown());
    }

    private @Nullable TopicPattern literal(Term term, String text) {
        if (text.contains("${")) {
            return problems.refuse(
                    term.at(),
                    "`eq` takes a topic literally, so its placeholder would never be replaced: leave out `eq`");
        }
        return isFilter(term, text) ? new TopicPattern.Literal(text) : null;
    }

    private @Nullable TopicPattern filter(Term.Text term) {
        TopicTemplate template = templates.parse(term);
        if (template == null || hasForeignPlaceholder(term)) {
            return null;
        }
        // Whatever is filled in is part of one level, so one example stands for all.
        if (!isFilter(term, String.join("x", template.literals()))) {
            return null;
        }
        return template.names().isEmpty() ? new TopicPattern.Filter(term.value()) : new TopicPattern.Personal(template);
    }

    private boolean isFilter(Term term, String filter) {
        if (!TopicFilters.isValidFilter(filter)) {
            problems.add(
                    term.at(),
                    term.shown() + " is not a topic filter: + and # fill a whole level, # is the last one,"
                            + " and there are 1 to 65,535 bytes");
            return false;
        }
        if (filter.startsWith("$share/") || filter.startsWith("$queue/")) {
            problems.add(
                    term.at(),
                    term.shown() + " would never match: a shared subscription is judged by its filter alone,"
                            + " without $share/GROUP/ or $queue/");
            return false;
        }
        return true;
    }

    /** EMQX 4 and Mosquitto write %u and %c; here they would silently be ordinary text. */
    private boolean hasForeignPlaceholder(Term.Text term) {
        String levels = "/" + term.value() + "/";
        for (String foreign : List.of("%u", "%c")) {
            if (levels.contains("/" + foreign + "/")) {
                String ours = foreign.equals("%u") ? "${username}" : "${clientid}";
                problems.add(
                        term.at(),
                        foreign + " is not a placeholder here: write " + ours
                                + ", or {eq, ...} to mean the text itself");
                return true;
            }
        }
        return false;
    }
}
