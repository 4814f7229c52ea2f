package io.gatehouse.authz.acl.rule;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import java.util.List;

/**
 * The rules of one {@code acl.conf}, read from top to bottom: the first that matches decides. Immutable; any thread may ask.
 *
 * <p>Rules for one user name or client identifier are found by that name, so that a file with a line per device is not searched line by
 * line.
 */
public final class RuleSet {
    private final RuleIndex index;
    private final int size;
    private final boolean usesCommonName;

    RuleSet(List<Rule> rules) {
        this.index = new RuleIndex(rules);
        this.size = rules.size();
        this.usesCommonName = rules.stream().anyMatch(Rule::usesCommonName);
    }

    /** What the first matching rule says; {@link Decision#ABSTAIN} when none matches. Does not block. */
    public Decision decide(Client client, Action action) {
        String commonName = usesCommonName ? CommonName.of(client) : null;
        Rule deciding = index.firstMatch(client, action, commonName);
        if (deciding == null) {
            return Decision.ABSTAIN;
        }
        return deciding.permit() ? Decision.ALLOW : Decision.DENY;
    }

    /** The number of rules. */
    public int size() {
        return size;
    }
}
