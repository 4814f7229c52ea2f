package io.gatehouse.kernel.admission.jar;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The end of central directory record (APPNOTE 4.3.16).
 *
 * @param entries how many there are
 * @param directory the place of the central directory in the file
 * @param position the place of this record; the directory ends there
 */
record ZipEnd(int entries, long directory, long position) {
    private static final int SIGNATURE = 0x06054b50;
    private static final int LENGTH = 22;
    private static final int MAX_ENTRIES = 50_000;
    private static final int MAX_DIRECTORY = 16 << 20;
    private static final String HALF =
            "it is not a whole zip file; it may be half copied: copy it again, under another name, and then rename it";

    /** Reads the record, which must be the last thing in the file: what follows it is read differently by different programs. */
    static ZipEnd read(ZipBytes file) throws IOException, RefusedJar {
        if (file.size() < LENGTH) {
            throw new RefusedJar(HALF);
        }
        long position = file.size() - LENGTH;
        ByteBuffer end = file.read(position, LENGTH);
        if (end.getInt(0) != SIGNATURE || end.getShort(20) != 0) {
            throw new RefusedJar(HALF + "; a jar with a comment or other bytes at its end is refused too");
        }
        int entries = Short.toUnsignedInt(end.getShort(10));
        long length = Integer.toUnsignedLong(end.getInt(12));
        long directory = Integer.toUnsignedLong(end.getInt(16));
        if (end.getInt(4) != 0 || end.getShort(8) != end.getShort(10)) {
            throw new RefusedJar("it is one part of a zip file in several: pack it as one file");
        }
        if (entries > MAX_ENTRIES || length > MAX_DIRECTORY) {
            throw new RefusedJar(
                    "it has more than " + MAX_ENTRIES + " entries, or is in the ZIP64 format: make it smaller");
        }
        if (directory + length != position) {
            throw new RefusedJar("its directory is not where the end of the file says: " + HALF);
        }
        return new ZipEnd(entries, directory, position);
    }
}
