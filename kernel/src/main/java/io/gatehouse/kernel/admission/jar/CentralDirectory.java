package io.gatehouse.kernel.admission.jar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads the central directory of a zip file. */
final class CentralDirectory {
    private static final int SIGNATURE = 0x02014b50;
    private static final int LENGTH = 46;
    private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private CentralDirectory() {}

    /** Every entry, in the order of the directory; their names are checked one by one. Blocks. */
    static List<CentralEntry> read(ZipBytes file, ZipEnd end) throws IOException, RefusedJar {
        ByteBuffer bytes = file.read(end.directory(), Math.toIntExact(end.position() - end.directory()));
        List<CentralEntry> entries = new ArrayList<>();
        for (int i = 0; i < end.entries(); i++) {
            entries.add(entry(bytes));
        }
        if (bytes.hasRemaining()) {
            throw new RefusedJar("its directory lists more entries than it counts: pack it again");
        }
        return entries;
    }

    private static CentralEntry entry(ByteBuffer bytes) throws RefusedJar {
        ByteBuffer header = take(bytes, LENGTH);
        if (header.getInt(0) != SIGNATURE) {
            throw new RefusedJar("its directory is damaged: copy it again");
        }
        String name = EntryName.of(take(bytes, Short.toUnsignedInt(header.getShort(28))));
        ExtraFields.check(name, take(bytes, Short.toUnsignedInt(header.getShort(30))));
        take(bytes, Short.toUnsignedInt(header.getShort(32)));
        CentralEntry entry = new CentralEntry(
                name,
                Short.toUnsignedInt(header.getShort(8)),
                Short.toUnsignedInt(header.getShort(10)),
                Integer.toUnsignedLong(header.getInt(16)),
                Integer.toUnsignedLong(header.getInt(20)),
                Integer.toUnsignedLong(header.getInt(24)),
                Integer.toUnsignedLong(header.getInt(42)));
        check(entry);
        return entry;
    }

    private static void check(CentralEntry entry) throws RefusedJar {
        boolean stored = entry.method() == STORED;
        if ((entry.flags() & ENCRYPTED) != 0 || (!stored && entry.method() != DEFLATED)) {
            throw new RefusedJar(
                    "its entry " + entry.name() + " is encrypted or packed in an unusual way: pack it again");
        }
        if ((stored && entry.compressed() != entry.size()) || (entry.isDirectory() && entry.size() != 0)) {
            throw new RefusedJar("its entry " + entry.name() + " has a size that cannot be: pack it again");
        }
    }

    private static ByteBuffer take(ByteBuffer bytes, int length) throws RefusedJar {
        if (bytes.remaining() < length) {
            throw new RefusedJar("its directory lists fewer entries than it counts: copy it again");
        }
        ByteBuffer piece = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        return piece;
    }
}
