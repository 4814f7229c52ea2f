package io.gatehouse.framework.greeter;

import java.util.Map;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;

/** Says what it was configured to say, and takes a new configuration while it runs. */
@Component(name = "patient", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PatientGreeter implements Supplier<String> {
    private volatile String text = "";

    @Activate
    @Modified
    void configure(Map<String, Object> properties) {
        text = String.valueOf(properties.get("text"));
    }

    @Override
    public String get() {
        return text;
    }
}
