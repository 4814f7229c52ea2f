package io.gatehouse.kernel.admission.jar;

/**
 * An entry as the central directory describes it (APPNOTE 4.3.12); sizes in bytes.
 *
 * @param offset where its local header begins
 */
record CentralEntry(String name, int flags, int method, long crc, long compressed, long size, long offset) {
    private static final int DESCRIPTOR = 1 << 3;

    /** Whether sizes and checksum follow the data instead of standing before it. */
    boolean hasDescriptor() {
        return (flags & DESCRIPTOR) != 0;
    }

    boolean isDirectory() {
        return name.endsWith("/");
    }
}
