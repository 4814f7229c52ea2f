package io.gatehouse.kernel.admission.jar;

import java.nio.ByteBuffer;

/** The extra fields of an entry (APPNOTE 4.5). Two of them say something else about it than its header, and not every reader looks. */
final class ExtraFields {
    private static final int ZIP64 = 0x0001;
    private static final int UNICODE_PATH = 0x7075;

    private ExtraFields() {}

    static void check(String name, ByteBuffer extra) throws RefusedJar {
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Short.toUnsignedInt(extra.getShort());
            if (id == ZIP64 || id == UNICODE_PATH || length > extra.remaining()) {
                throw new RefusedJar(
                        "its entry " + name + " has a second name or size, or damaged extra fields: pack it again");
            }
            extra.position(extra.position() + length);
        }
    }
}
