package io.gatehouse.kernel.bench;

import io.gatehouse.kernel.codec.FrameScanner;
import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.SubAck;
import io.netty.buffer.ByteBuf;

/** What a client does once it is connected. Called by its client, on its event loop. */
interface Role {
    /** The letter in client identifiers. */
    char letter();

    /** The broker accepted the connection; the role says {@link BenchClient#ready()} when it has what it needs. */
    void connected(BenchClient client, ConnAck answer);

    /** A PUBLISH, PUBACK, PUBREC, PUBREL or PUBCOMP came. */
    void frame(BenchClient client, FrameScanner frame, ByteBuf in, long now) throws MalformedPacket;

    /** SUBACK came. */
    void subscribed(BenchClient client, SubAck answer);

    /** All that had come was read. */
    void readComplete();

    /** There is room to write again. */
    void writable();

    /** The connection is gone. */
    void gone();

    /** Connects and stays. */
    final class Idle implements Role {
        @Override
        public char letter() {
            return 'c';
        }

        @Override
        public void connected(BenchClient client, ConnAck answer) {
            client.ready();
        }

        @Override
        public void frame(BenchClient client, FrameScanner frame, ByteBuf in, long now) {
            // it asked for nothing
        }

        @Override
        public void subscribed(BenchClient client, SubAck answer) {
            // neither for this
        }

        @Override
        public void readComplete() {
            // nothing to collect
        }

        @Override
        public void writable() {
            // nothing to write
        }

        @Override
        public void gone() {
            // nothing was in flight
        }
    }
}
