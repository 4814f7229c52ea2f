package io.gatehouse.kernel.plugin;

import java.util.List;

/**
 * One plugin as operators see it, whatever becomes of its modules.
 *
 * @param name its symbolic name
 * @param version of the jar that runs, or else of the one that should; empty when it cannot be read
 * @param file the jar's name in the plugins folder
 * @param sha256 of the jar, in lower-case hexadecimal
 * @param state where it is in its life
 * @param modules the modules it has, without instances
 * @param signer who signed it, empty when nobody did or nobody asked
 * @param capabilities what it says it needs
 * @param detail one sentence for an operator when something is to be said, else empty
 * @param previous versions that {@code gatehouse plugin rollback} can go back to, the next one first
 */
public record PluginInfo(
        String name,
        String version,
        String file,
        String sha256,
        State state,
        List<String> modules,
        String signer,
        List<String> capabilities,
        String detail,
        List<String> previous) {

    /** Where a plugin is in its life. */
    public enum State {
        /** Its bundle runs; how its modules are is told for each of them. */
        RUNNING,
        /** Installed, but something it needs is missing. */
        WAITING,
        /** Taken out of use by an operator. */
        DISABLED,
        /** It does not run. */
        FAILED
    }

    public PluginInfo {
        modules = List.copyOf(modules);
        capabilities = List.copyOf(capabilities);
        previous = List.copyOf(previous);
    }
}
