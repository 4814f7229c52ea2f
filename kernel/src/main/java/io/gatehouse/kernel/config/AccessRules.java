package io.gatehouse.kernel.config;

import java.net.InetAddress;
import java.util.List;

/** Which addresses may connect to a listener: the first rule that matches decides. Where there are rules and none matches, nobody may. */
public record AccessRules(List<AccessRule> rules) {
    /** No rules: everybody may connect. */
    public static final AccessRules NONE = new AccessRules(List.of());

    public AccessRules {
        rules = List.copyOf(rules);
    }

    /** Whether this address may connect. Any thread; does not block. */
    public boolean permit(InetAddress address) {
        if (rules.isEmpty()) {
            return true;
        }
        for (AccessRule rule : rules) {
            if (rule.matches(address)) {
                return rule.allow();
            }
        }
        return false;
    }

    /** True when there are rules, and none that lets anybody in. */
    boolean shutEverybodyOut() {
        return !rules.isEmpty() && rules.stream().noneMatch(AccessRule::allow);
    }
}
