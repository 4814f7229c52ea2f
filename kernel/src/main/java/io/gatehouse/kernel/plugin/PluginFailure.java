package io.gatehouse.kernel.plugin;

import java.util.List;

/**
 * A jar that could not be made to work; nothing else was changed by the attempt.
 *
 * @param jar its file name
 * @param bundle its symbolic name, empty when it has none that could be read
 * @param version its version, empty when it has none that could be read
 * @param modules the modules it would offer, as far as its manifest tells
 * @param sentence what is wrong, what it needs, who offers what, and what to do
 */
public record PluginFailure(String jar, String bundle, String version, List<String> modules, String sentence) {
    public PluginFailure {
        modules = List.copyOf(modules);
    }
}
