package io.gatehouse.kernel.plugin.osgi.rights;

import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.sdk.broker.Broker;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Gives each plugin a {@link Broker} of its own. The framework calls it on the thread of whoever asks. */
final class PluginBrokers implements ServiceFactory<Broker> {
    private final Rights rights;
    private final Broker broker;

    PluginBrokers(Rights rights, Broker broker) {
        this.rights = rights;
        this.broker = broker;
    }

    @Override
    public Broker getService(Bundle bundle, ServiceRegistration<Broker> registration) {
        Capabilities capabilities =
                rights.of(bundle).map(Rights.Right::capabilities).orElse(Capabilities.NONE);
        return new PluginBroker(bundle.getSymbolicName(), capabilities, broker);
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<Broker> registration, Broker service) {
        // It holds nothing.
    }
}
