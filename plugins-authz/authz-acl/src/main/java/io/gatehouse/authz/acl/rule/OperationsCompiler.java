package io.gatehouse.authz.acl.rule;

import io.gatehouse.authz.acl.term.Problems;
import io.gatehouse.authz.acl.term.Term;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes of the third part of a rule which actions it speaks about. All methods give null when they have noted a problem. */
final class OperationsCompiler {
    private static final List<String> ACTIONS = List.of("publish", "subscribe", "all");
    private static final List<String> OPTIONS = List.of("qos", "retain");

    private final Problems problems;

    OperationsCompiler(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    Operations compile(Term term) {
        if (term instanceof Term.Atom action) {
            return isAction(action) ? operations(action, Operations.ALL.qos(), Operations.Retain.ANY) : null;
        }
        if (term instanceof Term.Tuple tuple
                && tuple.parts().size() == 2
                && tuple.parts().getFirst() instanceof Term.Atom action) {
            return isAction(action) ? withOptions(action, tuple.parts().getLast()) : null;
        }
        return problems.refuse(
                term.at(),
                "an action is `publish`, `subscribe`, `all` or one with options as in {publish, [{qos, [0, 1]},"
                        + " {retain, false}]}, not " + term.shown());
    }

    private boolean isAction(Term.Atom action) {
        if (ACTIONS.contains(action.name())) {
            return true;
        }
        problems.add(
                action.at(),
                action.shown() + " is not an action: write `publish`, `subscribe` or `all`"
                        + Suggestion.of(action.name(), ACTIONS));
        return false;
    }

    private static Operations operations(Term.Atom action, Set<Qos> qos, Operations.Retain retain) {
        return new Operations(!action.name().equals("subscribe"), !action.name().equals("publish"), qos, retain);
    }

    /** The options are a list; a single one may stand without brackets. */
    private @Nullable Operations withOptions(Term.Atom action, Term options) {
        List<Term> list = elementsOrSelf(options);
        if (list.isEmpty()) {
            return problems.refuse(
                    options.at(), "this list of options is empty: write the action alone, without { } and [ ]");
        }
        Set<Qos> qos = null;
        Operations.Retain retain = null;
        boolean good = true;
        for (Term option : list) {
            Term levels = option.valueOf("qos");
            Term flag = option.valueOf("retain");
            if (levels != null && qos == null) {
                qos = qos(levels);
                good &= qos != null;
            } else if (flag != null && retain == null) {
                retain = retain(action, flag);
                good &= retain != null;
            } else {
                notAnOption(option, levels != null || flag != null);
                good = false;
            }
        }
        return good
                ? operations(
                        action,
                        qos == null ? Operations.ALL.qos() : qos,
                        retain == null ? Operations.Retain.ANY : retain)
                : null;
    }

    private void notAnOption(Term option, boolean repeated) {
        String text;
        if (repeated) {
            text = "this option is given twice";
        } else if (option instanceof Term.Tuple tuple
                && tuple.parts().size() == 2
                && tuple.parts().getFirst() instanceof Term.Atom name) {
            text = name.shown() + " is not an option: write `qos` or `retain`" + Suggestion.of(name.name(), OPTIONS);
        } else {
            text = "an option is written {qos, 1} or {retain, false}, not " + option.shown();
        }
        problems.add(option.at(), text);
    }

    private @Nullable Set<Qos> qos(Term value) {
        Set<Qos> qos = EnumSet.noneOf(Qos.class);
        for (Term level : elementsOrSelf(value)) {
            if (!(level instanceof Term.Whole number) || number.value() > 2) {
                return problems.refuse(
                        level.at(), "a quality of service is 0, 1 or 2, or a list of these, not " + level.shown());
            }
            qos.add(Qos.of(number.value()));
        }
        return qos.isEmpty() ? problems.refuse(value.at(), "this list of qualities of service is empty") : qos;
    }

    private Operations.@Nullable Retain retain(Term.Atom action, Term value) {
        if (action.name().equals("subscribe")) {
            return problems.refuse(value.at(), "a subscription has no retain flag: leave `retain` out");
        }
        if (value.isAtom("true")) {
            return Operations.Retain.ONLY;
        }
        if (value.isAtom("false")) {
            return Operations.Retain.NEVER;
        }
        return value.isAtom("all")
                ? Operations.Retain.ANY
                : problems.refuse(value.at(), "`retain` is `true`, `false` or `all`, not " + value.shown());
    }

    private static List<Term> elementsOrSelf(Term term) {
        return term instanceof Term.Sequence list ? list.elements() : List.of(term);
    }
}
