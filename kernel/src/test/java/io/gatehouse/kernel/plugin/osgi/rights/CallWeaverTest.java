package io.gatehouse.kernel.plugin.osgi.rights;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.osgi.framework.hooks.weaving.WeavingException;
import org.osgi.framework.hooks.weaving.WovenClass;

class CallWeaverTest {
    @Test
    void refusesTheClassWhateverGoesWrongSoThatTheFrameworkKeepsTheHook() {
        WovenClass poison = (WovenClass) Proxy.newProxyInstance(
                WovenClass.class.getClassLoader(), new Class<?>[] {WovenClass.class}, (proxy, method, arguments) -> {
                    throw new StackOverflowError("for a test");
                });
        assertThatExceptionOfType(WeavingException.class)
                .isThrownBy(() -> new CallWeaver(new Rights()).weave(poison))
                .withCauseInstanceOf(StackOverflowError.class);
    }
}
