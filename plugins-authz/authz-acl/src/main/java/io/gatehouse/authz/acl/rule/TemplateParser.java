package io.gatehouse.authz.acl.rule;

import io.gatehouse.authz.acl.term.Problems;
import io.gatehouse.authz.acl.term.Shown;
import io.gatehouse.authz.acl.term.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the placeholders in a topic. */
final class TemplateParser {
    private static final String ATTRIBUTE_PREFIX = "client_attrs.";
    private static final List<String> NAMES =
            List.of("username", "clientid", "cert_common_name", ATTRIBUTE_PREFIX + "NAME");

    private final Problems problems;

    TemplateParser(Problems problems) {
        this.problems = problems;
    }

    /** The template, one without placeholders included; null when a problem was noted. */
    @Nullable
    TopicTemplate parse(Term.Text term) {
        List<String> literals = new ArrayList<>();
        List<ClientName> names = new ArrayList<>();
        String text = term.value();
        int literal = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", literal)) {
            int close = text.indexOf('}', open);
            ClientName name = close < 0 ? null : name(text.substring(open + 2, close));
            if (name == null) {
                String inside = close < 0 ? "" : text.substring(open + 2, close);
                problems.add(
                        term.at(),
                        (close < 0 ? "a placeholder is not closed" : "${" + Shown.shortened(inside) + "} is unknown")
                                + ": write ${username}, ${clientid}, ${cert_common_name} or ${client_attrs.NAME}"
                                + Suggestion.of(inside, NAMES));
                return null;
            }
            literals.add(text.substring(literal, open));
            names.add(name);
            literal = close + 1;
        }
        literals.add(text.substring(literal));
        return new TopicTemplate(literals, names);
    }

    private static @Nullable ClientName name(String placeholder) {
        return switch (placeholder) {
            case "username" -> new ClientName.Username();
            case "clientid" -> new ClientName.ClientId();
            case "cert_common_name" -> new ClientName.CertificateCommonName();
            default ->
                placeholder.startsWith(ATTRIBUTE_PREFIX) && placeholder.length() > ATTRIBUTE_PREFIX.length()
                        ? new ClientName.Attribute(placeholder.substring(ATTRIBUTE_PREFIX.length()))
                        : null;
        };
    }
}
