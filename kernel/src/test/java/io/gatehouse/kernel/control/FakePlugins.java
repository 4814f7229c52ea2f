package io.gatehouse.kernel.control;

import io.gatehouse.kernel.plugin.PluginAdministration;
import io.gatehouse.kernel.plugin.PluginInfo;
import io.gatehouse.kernel.plugin.PluginOutcome;
import java.nio.file.Path;
import java.util.List;

/** Administers one plugin, acme.x, and says what it was asked to do. */
public final class FakePlugins implements PluginAdministration {
    @Override
    public List<PluginInfo> plugins() {
        return List.of(new PluginInfo(
                "acme.x",
                "1.1.0",
                "acme-x.jar",
                "ab".repeat(32),
                PluginInfo.State.RUNNING,
                List.of("auth-builtin"),
                "CN=Acme",
                List.of("network"),
                "acme-x-2.jar: it needs Java 99",
                List.of("1.0.0")));
    }

    @Override
    public PluginOutcome install(Path jar) {
        return new PluginOutcome.Exists("acme.x is installed already");
    }

    @Override
    public PluginOutcome upgrade(Path jar) {
        return new PluginOutcome.Refused(jar.isAbsolute() ? "not healthy" : "relative");
    }

    @Override
    public PluginOutcome rollback(String plugin) {
        return plugin.equals("acme.x")
                ? new PluginOutcome.Done("rolled back to acme.x 1.0.0")
                : new PluginOutcome.NotFound("there is no plugin " + plugin);
    }

    @Override
    public PluginOutcome disable(String plugin) {
        return new PluginOutcome.Done("disabled " + plugin);
    }

    @Override
    public PluginOutcome enable(String plugin) {
        return new PluginOutcome.Done("enabled " + plugin);
    }

    @Override
    public PluginOutcome remove(String plugin) {
        return new PluginOutcome.Done("removed " + plugin);
    }

    @Override
    public void rescan() {
        throw new UnsupportedOperationException();
    }
}
