package io.gatehouse.kernel.plugin.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.plugin.osgi.felix.RootCause;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How names and sentences are made out of what OSGi says. */
class PluginWordsTest {

    private static String range(String filter) {
        return FilterWords.of("osgi.wiring.package", filter).toString();
    }

    @Test
    void readsImportsBackFromFilters() {
        assertThat(range("(osgi.wiring.package=a.b)")).isEqualTo("a.b");
        assertThat(range("(&(osgi.wiring.package=a.b)(version>=1.0.0))")).isEqualTo("a.b [1.0.0,)");
        assertThat(range("(&(osgi.wiring.package=a.b)(version>=1.0.0)(!(version>=2.0.0)))"))
                .isEqualTo("a.b [1.0.0,2.0.0)");
        assertThat(range("(&(osgi.wiring.package=a.b)(!(version<=1.0.0))(version<=2.0.0))"))
                .isEqualTo("a.b (1.0.0,2.0.0]");
    }

    @Test
    void namesModulesByComponentAndInstance() {
        assertThat(name(Map.of("component.name", "auth-x", "service.pid", "auth-x")))
                .isEqualTo("auth-x");
        assertThat(name(Map.of("component.name", "auth-x"))).isEqualTo("auth-x");
        assertThat(name(Map.of("component.name", "auth-x", "service.pid", "auth-x~corp~7")))
                .isEqualTo("auth-x.corp");
        assertThat(name(Map.of("component.name", "auth-x", "service.pid", new String[] {"shared", "auth-x~corp~7"})))
                .isEqualTo("auth-x.corp");
        assertThat(name(Map.of("component.name", "auth-x", "service.pid", List.of("shared", "auth-x~corp~7"))))
                .isEqualTo("auth-x.corp");
        assertThat(name(Map.of("service.pid", "auth-x"))).isEmpty();
    }

    @Test
    void findsTheInnermostCause() {
        Throwable root = new IOException("no such host ldap.example\nstack");
        assertThat(RootCause.of(new IllegalStateException("outer", new RuntimeException("middle", root))))
                .isEqualTo("IOException: no such host ldap.example");
        assertThat(RootCause.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    private static String name(Map<String, Object> properties) {
        return ModuleName.of(properties::get).orElse("");
    }
}
