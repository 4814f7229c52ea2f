package io.gatehouse.authz.acl.rule;

import io.gatehouse.sdk.mqtt.Client;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter with placeholders.
 *
 * <p>A client chooses its own names, so a value must not be able to change the shape of the filter: one that contains {@code +},
 * {@code #}, {@code /} or a control character, is empty, or would put a {@code $} at the beginning of the filter (where it opens the
 * broker's own topics), gives no filter at all. Nor does a name the client does not have.
 *
 * @param literals the text before, between and behind the placeholders; one more than those
 * @param names what the placeholders stand for
 */
record TopicTemplate(List<String> literals, List<ClientName> names) {
    TopicTemplate {
        literals = List.copyOf(literals);
        names = List.copyOf(names);
        if (literals.size() != names.size() + 1) {
            throw new IllegalArgumentException("a template has one more literal than placeholders");
        }
    }

    /** The filter for this client, null when a value is missing or unusable. */
    @Nullable
    String filledFor(Client client, @Nullable String commonName) {
        StringBuilder filter = new StringBuilder(literals.getFirst());
        for (int i = 0; i < names.size(); i++) {
            String value = names.get(i).of(client, commonName);
            if (value == null || !isUsable(value, filter.isEmpty())) {
                return null;
            }
            filter.append(value).append(literals.get(i + 1));
        }
        return filter.toString();
    }

    private static boolean isUsable(String value, boolean first) {
        if (value.isEmpty() || (first && value.charAt(0) == '$')) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '+' || c == '#' || c == '/' || Character.isISOControl(c)) {
                return false;
            }
        }
        return true;
    }

    boolean usesCommonName() {
        return names.stream().anyMatch(name -> name instanceof ClientName.CertificateCommonName);
    }
}
