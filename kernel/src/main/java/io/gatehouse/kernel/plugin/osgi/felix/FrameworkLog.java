package io.gatehouse.kernel.plugin.osgi.felix;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what the framework reports as errors and warnings of bundles; everything else it reports is of no interest. */
final class FrameworkLog implements FrameworkListener {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkLog.class);

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        String bundle = event.getBundle().getSymbolicName();
        if (event.getType() == FrameworkEvent.ERROR && !isToldBySomebodyElse(event.getThrowable())) {
            LOG.error("bundle {} caused an error in the OSGi framework", bundle, event.getThrowable());
        } else if (event.getType() == FrameworkEvent.WARNING) {
            LOG.warn("bundle {} caused a warning of the OSGi framework", bundle, event.getThrowable());
        }
    }

    /** A component that could not be activated: SCR has logged the exception, and the module list says what to do. */
    private static boolean isToldBySomebodyElse(@Nullable Throwable thrown) {
        return thrown instanceof ServiceException failure && failure.getType() == ServiceException.FACTORY_ERROR;
    }
}
