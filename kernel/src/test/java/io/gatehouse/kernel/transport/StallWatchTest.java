package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.TestLane;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // what is written never fails here
class StallWatchTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration ALMOST = Duration.ofSeconds(59);

    private final TestLane lane = new TestLane(0);
    private final Reader channel = new Reader();
    private int stalled;
    private final StallWatch watch = new StallWatch(channel, () -> stalled++);

    /** The other end of this channel takes what it is told to. */
    private static final class Reader extends EmbeddedChannel {
        private int takes;

        @Override
        protected void doWrite(ChannelOutboundBuffer waiting) {
            waiting.removeBytes(Math.min(takes, waiting.totalPendingWriteBytes()));
            takes = 0;
        }

        void take(int bytes) {
            takes = bytes;
            flush();
        }
    }

    @BeforeEach
    void makeUnwritable() {
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(100, 200));
        channel.writeOneOutbound(Unpooled.buffer().writeZero(500));
        channel.writeOneOutbound(Unpooled.buffer().writeZero(500));
        channel.take(0);
        assertThat(channel.isWritable()).isFalse();
        watch.begin(lane, TIMEOUT);
    }

    @AfterEach
    void close() {
        channel.take(1_000);
        channel.finishAndReleaseAll();
    }

    @Test
    void tellsOfAReaderThatTakesNothing() {
        lane.advance(ALMOST);
        assertThat(stalled).isZero();

        lane.advance(Duration.ofSeconds(1));

        assertThat(stalled).isEqualTo(1);
        assertThat(lane.timers()).isZero();
    }

    @Test
    void isPatientWithAReaderThatTakesAByteNowAndThen() {
        for (int i = 0; i < 5; i++) {
            lane.advance(ALMOST);
            channel.take(1);
        }

        assertThat(stalled).isZero();
        lane.advance(TIMEOUT.multipliedBy(2));
        assertThat(stalled).isEqualTo(1);
    }

    @Test
    void seesThatOnePieceTookThePlaceOfAnother() {
        channel.take(10);
        lane.advance(ALMOST);

        channel.take(500); // ten bytes of the second one have left, as of the first one before
        lane.advance(ALMOST);

        assertThat(stalled).isZero();
    }

    @Test
    void looksNoMoreWhenTheChannelCanBeWrittenAgain() {
        channel.take(1_000);

        lane.advance(TIMEOUT.multipliedBy(2));

        assertThat(stalled).isZero();
        assertThat(lane.timers()).isZero();
    }

    @Test
    void holdsNothingOfAChannelThatIsClosed() {
        watch.end();

        assertThat(lane.timers()).isZero();
    }

    @Test
    void looksOnceHoweverOftenItIsToldTo() {
        watch.begin(lane, TIMEOUT);
        watch.begin(lane, TIMEOUT);

        assertThat(lane.timers()).isEqualTo(1);
    }
}
