package io.gatehouse.e2e.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.Finished;
import java.nio.file.Path;
import java.util.List;

/**
 * What is alive in a broker's heap, found by a whole collection.
 *
 * @param bytes of everything
 * @param connections how many connections there are
 */
record LiveHeap(long bytes, long connections) {
    /** Gaps that the collector leaves; not alive. */
    private static final String FILLER = "[Ljdk.internal.vm.FillerElement;";

    private static final String CONNECTION = "io.gatehouse.kernel.transport.Connection";

    static LiveHeap of(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Finished finished =
                Finished.of(new ProcessBuilder(List.of(jcmd, Long.toString(pid), "GC.class_histogram")), "");
        assertThat(finished.exitCode()).as(finished.toString()).isZero();
        long bytes = 0;
        long connections = 0;
        for (String line : finished.out().lines().toList()) {
            List<String> words = List.of(line.strip().split("\\s+", -1));
            if (words.getFirst().equals("Total")) {
                bytes += Long.parseLong(words.get(2));
            } else if (words.size() > 3 && words.get(3).equals(FILLER)) {
                bytes -= Long.parseLong(words.get(2));
            } else if (words.size() > 3 && words.get(3).equals(CONNECTION)) {
                connections = Long.parseLong(words.get(1));
            }
        }
        assertThat(bytes).isPositive();
        return new LiveHeap(bytes, connections);
    }
}
