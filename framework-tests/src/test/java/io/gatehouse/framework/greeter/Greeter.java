package io.gatehouse.framework.greeter;

import java.util.Map;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/** Says what it was configured to say, until it is deactivated. A new configuration makes a new one. */
@Component(name = "greeter", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Greeter implements Supplier<String> {
    private volatile String text;

    @Activate
    public Greeter(Map<String, Object> properties) {
        text = String.valueOf(properties.get("text"));
    }

    @Deactivate
    void stop() {
        text = "deactivated";
    }

    @Override
    public String get() {
        return text;
    }
}
