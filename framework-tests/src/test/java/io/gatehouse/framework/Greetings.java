package io.gatehouse.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * What happens to the services of one component, in order. The framework calls it on the threads of Config Admin and of the test; a test
 * waits for what it expects.
 */
final class Greetings implements ServiceTrackerCustomizer<Supplier<String>, Supplier<String>>, AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final BundleContext context;
    private final ServiceTracker<Supplier<String>, Supplier<String>> tracker;
    private final List<Supplier<String>> present = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** What happened, and what the service said at that moment. */
    record Event(Kind kind, String location, String text) {}

    enum Kind {
        ADDED,
        MODIFIED,
        REMOVED
    }

    Greetings(BundleContext context, String component) throws InvalidSyntaxException {
        this.context = context;
        this.tracker =
                new ServiceTracker<>(context, FrameworkUtil.createFilter("(component.name=" + component + ")"), this);
        tracker.open(true);
    }

    /** The next things that happen, as many as asked for; fails when they do not. */
    List<Event> next(int count) throws InterruptedException {
        List<Event> found = new ArrayList<>();
        while (found.size() < count) {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing more happened after " + found);
            }
            found.add(event);
        }
        return found;
    }

    /** The one service that there is. */
    Supplier<String> only() {
        List<Supplier<String>> now = List.copyOf(present);
        if (now.size() != 1) {
            throw new AssertionError(now.size() + " services instead of one");
        }
        return now.getFirst();
    }

    @Override
    public Supplier<String> addingService(ServiceReference<Supplier<String>> reference) {
        Supplier<String> service = context.getService(reference);
        present.add(service);
        add(Kind.ADDED, reference, service);
        return service;
    }

    @Override
    public void modifiedService(ServiceReference<Supplier<String>> reference, Supplier<String> service) {
        add(Kind.MODIFIED, reference, service);
    }

    @Override
    public void removedService(ServiceReference<Supplier<String>> reference, Supplier<String> service) {
        present.remove(service);
        add(Kind.REMOVED, reference, service);
        context.ungetService(reference);
    }

    @Override
    public void close() {
        tracker.close();
    }

    private void add(Kind kind, ServiceReference<?> reference, Supplier<String> service) {
        events.add(new Event(kind, reference.getBundle().getLocation(), service.get()));
    }
}
