package io.gatehouse.kernel.plugin.osgi.felix;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;

/**
 * The OSGi Log Service (OSGi Compendium 8 chapter 101), so that what the framework's bundles and plugins log through it ends up in the
 * kernel's log and nowhere else. Log entries cannot be read back.
 */
@SuppressWarnings("deprecation") // the methods of Log Service 1.3, which Config Admin still calls
final class Slf4jLogService implements LogService {
    private static final String UNNAMED = "osgi";

    @Override
    public void log(int level, String message) {
        logger(UNNAMED).log(levelOf(level), message, null);
    }

    @Override
    public void log(int level, String message, @Nullable Throwable exception) {
        logger(UNNAMED).log(levelOf(level), message, exception);
    }

    @Override
    public void log(@Nullable ServiceReference<?> reference, int level, String message) {
        log(reference, level, message, null);
    }

    @Override
    public void log(@Nullable ServiceReference<?> reference, int level, String message, @Nullable Throwable exception) {
        Bundle bundle = reference == null ? null : reference.getBundle();
        logger(bundle == null ? UNNAMED : String.valueOf(bundle.getSymbolicName()))
                .log(levelOf(level), message, exception);
    }

    @Override
    public Logger getLogger(String name) {
        return logger(name);
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return logger(type.getName());
    }

    @Override
    public <L extends Logger> L getLogger(String name, Class<L> type) {
        return type.cast(new OsgiLogger(name, type == FormatterLogger.class));
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> name, Class<L> type) {
        return getLogger(name.getName(), type);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> type) {
        // SCR speaks about bundles as a whole under the root logger's name.
        return getLogger(name.equals(Logger.ROOT_LOGGER_NAME) ? String.valueOf(bundle.getSymbolicName()) : name, type);
    }

    private static OsgiLogger logger(String name) {
        return new OsgiLogger(name, false);
    }

    private static LogLevel levelOf(int level) {
        return switch (level) {
            case LOG_ERROR -> LogLevel.ERROR;
            case LOG_WARNING -> LogLevel.WARN;
            case LOG_INFO -> LogLevel.INFO;
            default -> LogLevel.DEBUG;
        };
    }
}
