package io.gatehouse.kernel.admission.jar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads pieces of a zip file, in its byte order. */
record ZipBytes(FileChannel file, long size) {
    /** These bytes; a place outside of the file is refused. Blocks. */
    ByteBuffer read(long position, int length) throws IOException, RefusedJar {
        if (position < 0 || position + length > size) {
            throw new RefusedJar("its directory points outside of the file: copy it again");
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new RefusedJar("it became shorter while it was read: copy it again");
            }
        }
        return buffer.flip();
    }
}
