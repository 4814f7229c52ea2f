package io.gatehouse.kernel.plugin.osgi.felix;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LoggerConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/** One OSGi logger over one of SLF4J. OSGi's trailing arguments may be a Throwable or a ServiceReference besides what the text names. */
final class OsgiLogger implements FormatterLogger {
    private final Logger logger;
    private final boolean printf;

    /** @param printf true to read messages as {@code java.util.Formatter} does, false for {@code {}} */
    OsgiLogger(String name, boolean printf) {
        this.logger = LoggerFactory.getLogger(name);
        this.printf = printf;
    }

    @Override
    public String getName() {
        return logger.getName();
    }

    /**
     * A component whose constructor threw is reported by SCR as a reflective failure. What it says is usually meant for the operator, such
     * as a mistake in a file, so it is one line; where it was thrown is of interest to authors, at debug level.
     */
    void log(LogLevel level, @Nullable String message, @Nullable Throwable exception) {
        if (exception instanceof InvocationTargetException) {
            logger.atLevel(levelOf(level)).log("{}: {}", message, RootCause.of(exception));
            logger.debug("Thrown by the component", exception);
        } else {
            logger.atLevel(levelOf(level)).setCause(exception).log(String.valueOf(message));
        }
    }

    private void write(LogLevel level, @Nullable String format, @Nullable Object... arguments) {
        if (!logger.isEnabledForLevel(levelOf(level))) {
            return;
        }
        int count = arguments.length;
        Throwable exception = null;
        while (count > 0 && isExtra(arguments[count - 1])) {
            count--;
            exception = arguments[count] instanceof Throwable thrown ? thrown : exception;
        }
        log(level, text(String.valueOf(format), Arrays.copyOf(arguments, count)), exception);
    }

    private String text(String format, @Nullable Object[] arguments) {
        return printf && arguments.length > 0
                ? String.format(Locale.ROOT, format, arguments)
                : String.valueOf(MessageFormatter.arrayFormat(format, arguments).getMessage());
    }

    private static boolean isExtra(@Nullable Object argument) {
        return argument instanceof Throwable || argument instanceof ServiceReference;
    }

    private static Level levelOf(LogLevel level) {
        return switch (level) {
            case AUDIT, INFO -> Level.INFO;
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }

    @Override
    public boolean isTraceEnabled() {
        return logger.isTraceEnabled();
    }

    @Override
    public void trace(String message) {
        write(LogLevel.TRACE, message);
    }

    @Override
    public void trace(String format, Object arg) {
        write(LogLevel.TRACE, format, arg);
    }

    @Override
    public void trace(String format, Object arg1, Object arg2) {
        write(LogLevel.TRACE, format, arg1, arg2);
    }

    @Override
    public void trace(String format, Object... arguments) {
        write(LogLevel.TRACE, format, arguments);
    }

    @Override
    public <E extends Exception> void trace(LoggerConsumer<E> consumer) throws E {
        if (isTraceEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isDebugEnabled() {
        return logger.isDebugEnabled();
    }

    @Override
    public void debug(String message) {
        write(LogLevel.DEBUG, message);
    }

    @Override
    public void debug(String format, Object arg) {
        write(LogLevel.DEBUG, format, arg);
    }

    @Override
    public void debug(String format, Object arg1, Object arg2) {
        write(LogLevel.DEBUG, format, arg1, arg2);
    }

    @Override
    public void debug(String format, Object... arguments) {
        write(LogLevel.DEBUG, format, arguments);
    }

    @Override
    public <E extends Exception> void debug(LoggerConsumer<E> consumer) throws E {
        if (isDebugEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isInfoEnabled() {
        return logger.isInfoEnabled();
    }

    @Override
    public void info(String message) {
        write(LogLevel.INFO, message);
    }

    @Override
    public void info(String format, Object arg) {
        write(LogLevel.INFO, format, arg);
    }

    @Override
    public void info(String format, Object arg1, Object arg2) {
        write(LogLevel.INFO, format, arg1, arg2);
    }

    @Override
    public void info(String format, Object... arguments) {
        write(LogLevel.INFO, format, arguments);
    }

    @Override
    public <E extends Exception> void info(LoggerConsumer<E> consumer) throws E {
        if (isInfoEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isWarnEnabled() {
        return logger.isWarnEnabled();
    }

    @Override
    public void warn(String message) {
        write(LogLevel.WARN, message);
    }

    @Override
    public void warn(String format, Object arg) {
        write(LogLevel.WARN, format, arg);
    }

    @Override
    public void warn(String format, Object arg1, Object arg2) {
        write(LogLevel.WARN, format, arg1, arg2);
    }

    @Override
    public void warn(String format, Object... arguments) {
        write(LogLevel.WARN, format, arguments);
    }

    @Override
    public <E extends Exception> void warn(LoggerConsumer<E> consumer) throws E {
        if (isWarnEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public boolean isErrorEnabled() {
        return logger.isErrorEnabled();
    }

    @Override
    public void error(String message) {
        write(LogLevel.ERROR, message);
    }

    @Override
    public void error(String format, Object arg) {
        write(LogLevel.ERROR, format, arg);
    }

    @Override
    public void error(String format, Object arg1, Object arg2) {
        write(LogLevel.ERROR, format, arg1, arg2);
    }

    @Override
    public void error(String format, Object... arguments) {
        write(LogLevel.ERROR, format, arguments);
    }

    @Override
    public <E extends Exception> void error(LoggerConsumer<E> consumer) throws E {
        if (isErrorEnabled()) {
            consumer.accept(this);
        }
    }

    @Override
    public void audit(String message) {
        write(LogLevel.AUDIT, message);
    }

    @Override
    public void audit(String format, Object arg) {
        write(LogLevel.AUDIT, format, arg);
    }

    @Override
    public void audit(String format, Object arg1, Object arg2) {
        write(LogLevel.AUDIT, format, arg1, arg2);
    }

    @Override
    public void audit(String format, Object... arguments) {
        write(LogLevel.AUDIT, format, arguments);
    }
}
