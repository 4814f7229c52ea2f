package io.gatehouse.kernel.swap;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a broker is made of at one moment, after a full collection.
 *
 * @param heapBytes that are live
 * @param classes that are loaded
 * @param threads how many of each name, virtual ones too; digits at the end of names are left out
 * @param files how many in the data directory
 * @param framework how many bundles and configurations there are, in words
 */
record Remains(long heapBytes, int classes, Map<String, Long> threads, long files, String framework) {
    /** Carriers of virtual threads come and go as there is work for them. */
    private static final String CARRIER = "\"ForkJoinPool-1-worker";

    static Remains look(Path data, Path scratch, String framework) throws IOException {
        collect();
        try (Stream<Path> files = Files.walk(data)) {
            return new Remains(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                    threads(scratch),
                    files.filter(Files::isRegularFile).count(),
                    framework);
        }
    }

    /** How many of these are still there, after a full collection. */
    static long alive(Collection<WeakReference<Object>> references) {
        collect();
        return references.stream()
                .filter(reference -> !reference.refersTo(null))
                .count();
    }

    /** Twice, because what the first one finds may have to be finalized or cleaned by threads of the platform. */
    private static void collect() {
        System.gc();
        System.gc();
    }

    private static Map<String, Long> threads(Path scratch) throws IOException {
        Path dump = scratch.resolve("threads.txt").toAbsolutePath();
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
        try (Stream<String> lines = Files.lines(dump)) {
            return lines.filter(line -> line.startsWith("#"))
                    .filter(line -> !line.contains(CARRIER))
                    .map(line -> line.replaceFirst("^#\\d+ \"(.*?)[-\\d]*\".*", "$1"))
                    .collect(groupingBy(name -> name, TreeMap::new, counting()));
        }
    }
}
