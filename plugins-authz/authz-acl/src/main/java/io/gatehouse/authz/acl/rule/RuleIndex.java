package io.gatehouse.authz.acl.rule;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.mqtt.Client;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules that can concern a client without looking at all of them.
 *
 * <p>Every rule is in exactly one list: that of the one user name it speaks about, that of the one client identifier, or the list of all
 * others. The three lists for a client are walked together in the order of the file.
 */
final class RuleIndex {
    private static final int[] NONE = {};
    private static final int END = Integer.MAX_VALUE;

    private final List<Rule> rules;
    private final Map<String, int[]> byUsername;
    private final Map<String, int[]> byClientId;
    private final int[] others;

    RuleIndex(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        Map<String, List<Integer>> usernames = new HashMap<>();
        Map<String, List<Integer>> clientIds = new HashMap<>();
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            listFor(rules.get(i).who(), usernames, clientIds, rest).add(i);
        }
        this.byUsername = packed(usernames);
        this.byClientId = packed(clientIds);
        this.others = packed(rest);
    }

    /** The first rule that matches, null when none does. */
    @Nullable
    Rule firstMatch(Client client, Action action, @Nullable String commonName) {
        String username = client.username();
        int[] forUser = username == null ? NONE : byUsername.getOrDefault(username, NONE);
        int[] forClient = byClientId.getOrDefault(client.clientId(), NONE);
        int u = 0;
        int c = 0;
        int o = 0;
        while (true) {
            int next = Math.min(at(others, o), Math.min(at(forUser, u), at(forClient, c)));
            if (next == END) {
                return null;
            }
            Rule rule = rules.get(next);
            if (rule.matches(client, action, commonName)) {
                return rule;
            }
            if (next == at(others, o)) {
                o++;
            } else if (next == at(forUser, u)) {
                u++;
            } else {
                c++;
            }
        }
    }

    private static int at(int[] list, int position) {
        return position < list.length ? list[position] : END;
    }

    private static List<Integer> listFor(
            Who who, Map<String, List<Integer>> usernames, Map<String, List<Integer>> clientIds, List<Integer> rest) {
        if (who instanceof Who.Named named && named.test() instanceof NameTest.Exactly exactly) {
            if (named.name() instanceof ClientName.Username) {
                return usernames.computeIfAbsent(exactly.expected(), name -> new ArrayList<>());
            }
            if (named.name() instanceof ClientName.ClientId) {
                return clientIds.computeIfAbsent(exactly.expected(), name -> new ArrayList<>());
            }
        }
        return rest;
    }

    private static Map<String, int[]> packed(Map<String, List<Integer>> lists) {
        Map<String, int[]> packed = HashMap.newHashMap(lists.size());
        lists.forEach((name, list) -> packed.put(name, packed(list)));
        return packed;
    }

    private static int[] packed(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
