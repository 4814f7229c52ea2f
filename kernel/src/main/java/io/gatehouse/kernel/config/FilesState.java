package io.gatehouse.kernel.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What files looked like at a moment: enough to see that one was edited, replaced, added or removed, or that a link to it, or to
 * a folder on the way to it, now leads elsewhere.
 */
record FilesState(Map<Path, Look> looks) {
    /** Differs from every state of the world. */
    static final FilesState UNKNOWN = new FilesState(Map.of());

    /** The real path of a file with its size and time; one that is absent has none of them. */
    record Look(String realPath, long size, FileTime modified) {
        private static final Look ABSENT = new Look("", -1, FileTime.fromMillis(0));
    }

    static FilesState of(Set<Path> files) {
        Map<Path, Look> looks = new LinkedHashMap<>();
        for (Path file : files) {
            looks.put(file, look(file));
        }
        return new FilesState(looks);
    }

    private static Look look(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Look(file.toRealPath().toString(), attributes.size(), attributes.lastModifiedTime());
        } catch (IOException absent) {
            return Look.ABSENT;
        }
    }
}
