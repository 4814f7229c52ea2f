package io.gatehouse.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.Map;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Who is wired to whom. */
public class ResolutionTest extends FrameworkTest {
    private static final String SDK = "io.gatehouse.sdk.auth";

    @Test
    public void staysUnresolvedUntilSomebodyExportsWhatItImports() throws Exception {
        Bundle importer = install("importer", Map.of(Constants.IMPORT_PACKAGE, "acme.lib"));
        assertUnresolved(importer, "acme.lib");

        install("exporter", Map.of(Constants.EXPORT_PACKAGE, "acme.lib"));
        importer.start();

        assertThat(importer.getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    public void resolvesAgainstTheMajorVersionOfTheSdkAndNoOther() throws Exception {
        int major = sdkMajor();

        install("today", imports(SDK, major)).start();

        assertUnresolved(install("tomorrow", imports(SDK, major + 1)), SDK);
    }

    @Test
    public void doesNotOfferTheKernel() throws Exception {
        assertUnresolved(
                install("nosy", Map.of(Constants.IMPORT_PACKAGE, "io.gatehouse.kernel.plugin")),
                "io.gatehouse.kernel.plugin");
    }

    @Test
    public void letsOneOfTwoSingletonsResolve() throws Exception {
        singleton("1.0").start();

        assertThatThrownBy(singleton("2.0")::start).isInstanceOf(BundleException.class);
    }

    @Test
    public void letsBothSingletonsResolveWhenAHookSaysThatTheyDoNotCollide() throws Exception {
        ResolverHookFactory hooks = triggers -> new NoCollisions();
        ServiceRegistration<?> registration = context.registerService(ResolverHookFactory.class, hooks, null);
        try {
            singleton("1.0").start();
            Bundle second = singleton("2.0");
            second.start();

            assertThat(second.getState()).isEqualTo(Bundle.ACTIVE);
        } finally {
            registration.unregister();
        }
    }

    private Bundle singleton(String version) throws Exception {
        return install("only;singleton:=true", Map.of(Constants.BUNDLE_VERSION, version));
    }

    private int sdkMajor() {
        return context.getBundle(0).adapt(BundleRevision.class).getDeclaredCapabilities("osgi.wiring.package").stream()
                .filter(capability -> SDK.equals(capability.getAttributes().get("osgi.wiring.package")))
                .map(capability -> (Version) capability.getAttributes().get("version"))
                .findAny()
                .orElseThrow()
                .getMajor();
    }

    private static Map<String, String> imports(String name, int major) {
        return Map.of(Constants.IMPORT_PACKAGE, "%s;version=\"[%d,%d)\"".formatted(name, major, major + 1));
    }

    /** The kernel's own words about a plugin start from the package in this message. */
    private static void assertUnresolved(Bundle bundle, String missing) {
        assertThatThrownBy(bundle::start)
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("osgi.wiring.package=" + missing)
                .extracting(e -> ((BundleException) e).getType())
                .isEqualTo(BundleException.RESOLVE_ERROR);
        assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
    }

    private static final class NoCollisions implements ResolverHook {
        @Override
        public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
            collisions.clear();
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {}

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {}

        @Override
        public void end() {}
    }
}
