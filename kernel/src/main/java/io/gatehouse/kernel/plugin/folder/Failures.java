package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.config.ModuleConfig;
import io.gatehouse.kernel.jars.JarHeader;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.PluginFailure;
import io.gatehouse.kernel.plugin.osgi.CannotRun;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What does not run, and why, by file name. Each failure is logged once. Changed by one thread at a time, read by any. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Map<String, Failed> byFile = new TreeMap<>();
    private volatile List<PluginFailure> all = List.of();

    /** A failure and what it was tried with: without a change it would fail again. */
    private record Failed(PluginFailure failure, String sha256, Map<String, ModuleConfig> configs, boolean waits) {}

    /** A file that is no plugin at all. */
    void unusable(String fileName, String sentence, boolean log) {
        put(fileName, new Failed(failure(fileName, null, sentence), "", Map.of(), false), log);
    }

    /** A plugin that was tried. */
    void add(StoredJar jar, Map<String, ModuleConfig> configs, CannotRun problem) {
        PluginFailure failure = failure(jar.fileName(), jar.header(), problem.sentence());
        put(jar.fileName(), new Failed(failure, jar.sha256(), Map.copyOf(configs), problem.waits()), true);
    }

    /** True when trying this again makes no sense, because nothing it depends on is different. */
    boolean isHopeless(StoredJar jar, Map<String, ModuleConfig> configs) {
        Failed failed = byFile.get(jar.fileName());
        return failed != null
                && !failed.waits()
                && failed.sha256().equals(jar.sha256())
                && failed.configs().equals(configs);
    }

    /** The file is no longer a problem. */
    void clear(String fileName) {
        byFile.remove(fileName);
        publish();
    }

    /** The file holds this jar now, so what was wrong with another one of the same name is over. */
    void clearOther(StoredJar jar) {
        Failed failed = byFile.get(jar.fileName());
        if (failed != null && !failed.sha256().equals(jar.sha256())) {
            clear(jar.fileName());
        }
    }

    /** The jar runs with these configurations, so what was wrong with it with others is over. */
    void clearOther(StoredJar jar, Map<String, ModuleConfig> configs) {
        Failed failed = byFile.get(jar.fileName());
        if (failed != null
                && failed.sha256().equals(jar.sha256())
                && !failed.configs().equals(configs)) {
            clear(jar.fileName());
        }
    }

    /** Forgets files that are gone. */
    void keepOnly(Collection<String> fileNames) {
        byFile.keySet().retainAll(fileNames);
        publish();
    }

    List<PluginFailure> all() {
        return all;
    }

    private void publish() {
        all = byFile.values().stream().map(Failed::failure).toList();
    }

    private void put(String fileName, Failed failed, boolean log) {
        Failed before = byFile.put(fileName, failed);
        publish();
        if (log && (before == null || !before.failure().equals(failed.failure()))) {
            LOG.error("plugin {} does not run: {}", fileName, failed.failure().sentence());
        }
    }

    private static PluginFailure failure(String fileName, @Nullable JarHeader header, String sentence) {
        return new PluginFailure(
                fileName,
                header == null ? "" : header.symbolicName(),
                header == null ? "" : header.version(),
                header == null ? List.of() : header.modules(),
                sentence);
    }
}
