package io.gatehouse.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.weaving.WeavingException;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** What becomes of a class when the hook that looks at it says no. */
public class WeavingTest extends FrameworkTest {
    private static final String LABEL = "io.gatehouse.framework.greeter.Label";
    private static final String GREETER = "io.gatehouse.framework.greeter.Greeter";

    @Test
    public void loadsNoClassThatTheHookRefuses() throws Exception {
        List<String> asked = refuse(() -> new WeavingException("no"), bundle -> {
            assertRefused(bundle, LABEL);
            assertRefused(bundle, GREETER);
        });

        assertThat(asked).contains(LABEL, GREETER);
    }

    /** Why the kernel's hook must throw nothing but a {@link WeavingException}: the framework never asks it again. */
    @Test
    public void forgetsAHookThatFails() throws Exception {
        List<String> asked = refuse(() -> new IllegalStateException("a mistake"), bundle -> {
            assertRefused(bundle, LABEL);
            assertThat(bundle.loadClass(GREETER)).isNotNull();
        });

        assertThat(asked).containsExactly(LABEL);
    }

    private interface Check {
        void on(Bundle bundle) throws Exception;
    }

    /** Tells which classes the hook was asked about. */
    private List<String> refuse(Supplier<RuntimeException> answer, Check check) throws Exception {
        Bundle bundle = install("woven", "greeter-1.0.0.jar");
        List<String> asked = new ArrayList<>();
        WeavingHook hook = type -> {
            if (type.getBundleWiring().getBundle().equals(bundle)) {
                asked.add(type.getClassName());
                throw answer.get();
            }
        };
        ServiceRegistration<?> registration = context.registerService(WeavingHook.class, hook, null);
        try {
            check.on(bundle);
        } finally {
            registration.unregister();
        }
        return asked;
    }

    private static void assertRefused(Bundle bundle, String type) {
        assertThatThrownBy(() -> bundle.loadClass(type)).isInstanceOf(ClassFormatError.class);
    }
}
