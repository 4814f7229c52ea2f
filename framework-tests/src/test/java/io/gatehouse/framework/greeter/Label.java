package io.gatehouse.framework.greeter;

import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Tells where its bundle came from; needs no configuration. */
@Component(name = "label")
public final class Label implements Supplier<String> {
    private final String location;

    @Activate
    public Label(BundleContext context) {
        location = context.getBundle().getLocation();
    }

    @Override
    public String get() {
        return location;
    }
}
