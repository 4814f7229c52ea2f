package io.gatehouse.kernel.main;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/**
 * Sets up logging without a file: text on a terminal, one JSON object a line otherwise, on standard error so that standard output is the
 * commands' own. Logback finds it as a service. The level is INFO unless the system property {@value #LEVEL} says otherwise; {@value
 * #FORMAT} set to {@code text} or {@code json} chooses the form.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** The system property with the level, such as {@code DEBUG}. */
    public static final String LEVEL = "gatehouse.log.level";

    /** The system property with the form, {@code text} or {@code json}. */
    public static final String FORMAT = "gatehouse.log.format";

    /** For logback, which makes one and calls {@link #configure}. */
    public LogSetup() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder(context));
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LEVEL), Level.INFO));
        root.addAppender(appender);
        context.getLogger("io.netty").setLevel(Level.WARN);
        context.getLogger("org.apache.felix").setLevel(Level.WARN);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context) {
        if (wantsText()) {
            PatternLayoutEncoder text = new PatternLayoutEncoder();
            text.setContext(context);
            text.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg%n");
            text.start();
            return text;
        }
        JsonEncoder json = new JsonEncoder();
        json.setContext(context);
        json.setWithSequenceNumber(false);
        json.setWithContext(false);
        json.setWithFormattedMessage(true);
        json.setWithMessage(false);
        json.setWithArguments(false);
        json.setWithMDC(false);
        json.setWithNanoseconds(false);
        json.start();
        return json;
    }

    private static boolean wantsText() {
        String format = System.getProperty(FORMAT);
        if (format != null) {
            return format.equals("text");
        }
        return isTerminal(System.console());
    }

    /** Since Java 22 there is a console even where there is no terminal; null only where there is no console module. */
    private static boolean isTerminal(@Nullable Console console) {
        return console != null && console.isTerminal();
    }
}
