package io.gatehouse.kernel.config;

import java.util.List;
import java.util.Map;

/** Stub. */
public final class ConfigLoader {
    private final Installation installation;

    public ConfigLoader(Installation installation, Map<String, String> environment) {
        this.installation = installation;
    }

    public ConfigResult load() {
        return new ConfigResult(
                null,
                List.of(new ConfigProblem(
                        installation.configFile().toString(), "this build cannot read configuration")),
                List.of());
    }
}
