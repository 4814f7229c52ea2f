package io.gatehouse.kernel.plugin.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.plugin.module.Catalog;
import io.gatehouse.kernel.plugin.module.GateMeters;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class ServiceWatchTest {
    private final Authenticator service = _ -> AuthResult.accept();
    private final List<String> calls = new ArrayList<>();

    private final Catalog catalog = new Catalog(TestConfigs.of(TestConfigs.MQTT), new GateMeters());

    private final BundleContext context = fake(BundleContext.class, (proxy, method, arguments) -> {
        calls.add(method.getName());
        return method.getName().equals("getService") ? service : true;
    });

    /** A service that was unregistered: it still has its properties, but no bundle any more. */
    @SuppressWarnings("unchecked") // a proxy has no type arguments
    private final ServiceReference<Object> gone = fake(ServiceReference.class, (proxy, method, arguments) -> {
        Map<String, Object> properties =
                Map.of("component.name", "auth-x", "objectClass", new String[] {Authenticator.class.getName()});
        return method.getName().equals("getProperty") ? properties.get(Objects.toString(arguments[0])) : null;
    });

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void takesNoServiceWhoseBundleWasStoppedWhileItsComponentWasBeingActivated() {
        ServiceWatch watch = new ServiceWatch(context, catalog, () -> Duration.ZERO);
        assertThat(watch.addingService(gone)).isNull();
        watch.modifiedService(gone, service);
        assertThat(calls).containsExactly("getService", "ungetService");
    }
}
