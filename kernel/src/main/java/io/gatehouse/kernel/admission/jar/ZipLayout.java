package io.gatehouse.kernel.admission.jar;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes sure that a zip file has one meaning, whoever reads it, and that reading it has an end. */
final class ZipLayout {
    private static final long MAX_CONTENT = 1L << 30;

    private ZipLayout() {}

    /** The entries of a file that is as it should be. Blocks. */
    static List<CentralEntry> check(Path jar) throws IOException, RefusedJar {
        try (FileChannel channel = FileChannel.open(jar, StandardOpenOption.READ)) {
            ZipBytes file = new ZipBytes(channel, channel.size());
            ZipEnd end = ZipEnd.read(file);
            List<CentralEntry> entries = CentralDirectory.read(file, end);
            checkTogether(entries);
            new LocalHeaders(file).check(entries, end);
            return entries;
        }
    }

    private static void checkTogether(List<CentralEntry> entries) throws RefusedJar {
        Set<String> names = new HashSet<>();
        long content = 0;
        for (CentralEntry entry : entries) {
            if (!names.add(EntryName.key(entry.name()))) {
                throw new RefusedJar(
                        "it has two entries named " + entry.name() + ": pack it again, and ask where it comes from");
            }
            content += entry.size();
        }
        if (content > MAX_CONTENT) {
            throw new RefusedJar("its content is larger than 1 GiB: a plugin must be smaller");
        }
    }
}
