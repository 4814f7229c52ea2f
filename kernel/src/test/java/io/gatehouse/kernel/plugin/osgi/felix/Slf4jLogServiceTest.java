package io.gatehouse.kernel.plugin.osgi.felix;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.slf4j.LoggerFactory;

class Slf4jLogServiceTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("acme");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Slf4jLogService service = new Slf4jLogService();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    private void assertLine(Level level, String text) {
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(level);
            assertThat(line.getFormattedMessage()).isEqualTo(text);
        });
    }

    @Test
    void fillsInPlaceholdersAndKeepsTheException() {
        service.getLogger("acme").warn("{} of {}", 1, 2, new IOException("why"));
        assertLine(Level.WARN, "1 of 2");
        assertThat(lines.list.getFirst().getThrowableProxy().getMessage()).isEqualTo("why");
    }

    @Test
    void formatsAsPrintfWhereAskedTo() {
        service.getLogger("acme", FormatterLogger.class).error("%05d", 42);
        assertLine(Level.ERROR, "00042");
    }

    @Test
    void takesPlainTextAsItIs() {
        service.getLogger("acme", FormatterLogger.class).info("100% {}");
        assertLine(Level.INFO, "100% {}");
    }

    @Test
    void logsAuditsAsInformation() {
        service.getLogger("acme").audit("somebody did something");
        assertLine(Level.INFO, "somebody did something");
    }

    @Test
    void staysSilentBelowTheLevel() {
        service.getLogger("acme").debug("{}", "detail");
        service.getLogger("acme").debug(log -> log.debug("detail"));
        assertThat(lines.list).isEmpty();
        assertThat(service.getLogger("acme").isInfoEnabled()).isTrue();
    }

    @Test
    @SuppressWarnings("deprecation") // the old interface is what is tested
    void knowsTheOldLevels() {
        Logger unnamed = (Logger) LoggerFactory.getLogger("osgi");
        unnamed.addAppender(lines);
        service.log(LogService.LOG_WARNING, "old");
        unnamed.detachAppender(lines);
        assertLine(Level.WARN, "old");
    }
}
