package io.gatehouse.kernel.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last topic that a connection published to. Most publishers repeat themselves: comparing the bytes saves
 * them the validation, the copy and the new string.
 */
final class TopicCache {
    /** Longer topics are decoded anew each time, so that a connection cannot pin much memory here. */
    static final int MAXIMUM_BYTES = 1_024;

    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private @Nullable String topic;

    /** The remembered topic when its bytes are these; null otherwise. */
    @Nullable
    String find(ByteBuf in, int index, int length) {
        return length == bytes.writerIndex() && ByteBufUtil.equals(bytes, 0, in, index, length) ? topic : null;
    }

    /** Remembers a topic and its bytes. Only what has passed every check may come here, for what is found is not checked again. */
    void remember(String checked, ByteBuf in, int index, int length) {
        if (length > MAXIMUM_BYTES) {
            return;
        }
        if (bytes.capacity() == 0) {
            bytes = Unpooled.buffer(length, MAXIMUM_BYTES);
        }
        bytes.clear().writeBytes(in, index, length);
        topic = checked;
    }
}
