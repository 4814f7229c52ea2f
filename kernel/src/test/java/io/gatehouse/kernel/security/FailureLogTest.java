package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(FailureLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.WARN);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(Level.ERROR);
    }

    @Test
    void logsAFloodOfFailuresOnce() {
        GateMeter meter = new GateMeter("auth-x");
        for (int i = 0; i < 1_000; i++) {
            meter.failed(GateFailure.returnedNull());
        }
        assertThat(meter.failures()).isEqualTo(1_000);
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo(
                        "module auth-x failed and what it was asked is refused: it returned null, which is no decision (0"
                                + " earlier failures not logged)");
    }
}
