package io.gatehouse.kernel.develop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The configuration that puts a plugin under development to work: each module into the chains of its roles, and everything else so open
 * that only the plugin decides. For brokers on the loopback interface only.
 */
public final class ChainsForPlugin {
    private static final String AUTHENTICATION = "authentication.chain";
    private static final String AUTHORIZATION = "authorization.sources";

    private ChainsForPlugin() {}

    /**
     * Lines of configuration. Without an authorizer in the plugin everything is permitted; with one, what it does not decide is denied, as
     * in production.
     *
     * @param lastAuthenticators what stands in the authentication chain after the plugin's own authenticators
     */
    public static String hocon(List<PluginModule> modules, List<String> lastAuthenticators) {
        Map<String, List<String>> chains = new LinkedHashMap<>();
        chains.put(AUTHENTICATION, new ArrayList<>());
        chains.put(AUTHORIZATION, new ArrayList<>());
        for (PluginModule module : modules) {
            module.roles().stream()
                    .map(Role::chain)
                    .filter(chain -> !chain.isEmpty())
                    .distinct()
                    .sorted()
                    .forEach(chain -> chains.computeIfAbsent(chain, key -> new ArrayList<>())
                            .add(module.name()));
        }
        boolean permissive = chains.getOrDefault(AUTHORIZATION, List.of()).isEmpty();
        chains.computeIfPresent(AUTHENTICATION, (key, names) -> joined(names, lastAuthenticators));
        StringBuilder lines = new StringBuilder();
        chains.forEach((chain, names) ->
                lines.append(chain).append(" = ").append(list(names)).append('\n'));
        return lines.append("authorization.no-match = ")
                .append(permissive ? "allow" : "deny")
                .append('\n')
                .toString();
    }

    private static List<String> joined(List<String> first, List<String> last) {
        List<String> all = new ArrayList<>(first);
        last.stream().filter(name -> !all.contains(name)).forEach(all::add);
        return all;
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "[]" : "[\"" + String.join("\", \"", names) + "\"]";
    }
}
