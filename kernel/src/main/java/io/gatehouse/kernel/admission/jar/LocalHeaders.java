package io.gatehouse.kernel.admission.jar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * Compares what stands before each entry (APPNOTE 4.3.7) with the central directory. Entries must follow each other without gaps: a reader
 * that goes through the file then meets what one that uses the directory finds, no more and no less.
 */
record LocalHeaders(ZipBytes file) {
    private static final int SIGNATURE = 0x04034b50;
    private static final int LENGTH = 30;
    private static final int DESCRIPTOR_SIGNATURE = 0x08074b50;
    private static final int DESCRIPTOR = 12;

    /** Checks them all. Blocks. */
    void check(List<CentralEntry> entries, ZipEnd end) throws IOException, RefusedJar {
        List<CentralEntry> inOrder = entries.stream()
                .sorted(Comparator.comparingLong(CentralEntry::offset))
                .toList();
        long expected = 0;
        for (int i = 0; i < inOrder.size(); i++) {
            CentralEntry entry = inOrder.get(i);
            if (entry.offset() != expected) {
                throw disagree(entry);
            }
            expected = i + 1 < inOrder.size() ? inOrder.get(i + 1).offset() : end.directory();
            long rest = expected - afterData(entry);
            checkDescriptor(entry, expected - rest, rest);
        }
        if (expected != end.directory()) {
            throw new RefusedJar("it has bytes that belong to no entry: pack it again");
        }
    }

    /** The place behind the data of an entry whose local header agrees. */
    private long afterData(CentralEntry entry) throws IOException, RefusedJar {
        ByteBuffer header = file.read(entry.offset(), LENGTH);
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        int nameLength = Short.toUnsignedInt(header.getShort(26));
        int extraLength = Short.toUnsignedInt(header.getShort(28));
        if (header.getInt(0) != SIGNATURE
                || Short.toUnsignedInt(header.getShort(6)) != entry.flags()
                || Short.toUnsignedInt(header.getShort(8)) != entry.method()
                || nameLength != name.length
                || !file.read(entry.offset() + LENGTH, nameLength).equals(ByteBuffer.wrap(name))
                || !isSame(entry, header)) {
            throw disagree(entry);
        }
        ExtraFields.check(entry.name(), file.read(entry.offset() + LENGTH + nameLength, extraLength));
        return entry.offset() + LENGTH + nameLength + extraLength + entry.compressed();
    }

    private static boolean isSame(CentralEntry entry, ByteBuffer header) {
        boolean later = header.getInt(14) == 0 && header.getInt(18) == 0 && header.getInt(22) == 0;
        return (entry.hasDescriptor() && later) || isSame(entry, header, 14);
    }

    private static boolean isSame(CentralEntry entry, ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at)) == entry.crc()
                && Integer.toUnsignedLong(bytes.getInt(at + 4)) == entry.compressed()
                && Integer.toUnsignedLong(bytes.getInt(at + 8)) == entry.size();
    }

    /** Checks what lies between the data and the next entry. */
    private void checkDescriptor(CentralEntry entry, long position, long length) throws IOException, RefusedJar {
        if (!entry.hasDescriptor() && length == 0) {
            return;
        }
        boolean signed = length == DESCRIPTOR + 4;
        if (!entry.hasDescriptor() || (length != DESCRIPTOR && !signed)) {
            throw disagree(entry);
        }
        ByteBuffer descriptor = file.read(position, (int) length);
        if ((signed && descriptor.getInt(0) != DESCRIPTOR_SIGNATURE) || !isSame(entry, descriptor, signed ? 4 : 0)) {
            throw disagree(entry);
        }
    }

    private static RefusedJar disagree(CentralEntry entry) {
        return new RefusedJar("its directory and its content disagree about " + entry.name()
                + ", so that different programs would see different files: pack it again, and ask where it comes from");
    }
}
