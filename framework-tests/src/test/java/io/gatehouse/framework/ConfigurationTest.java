package io.gatehouse.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.framework.Greetings.Event;
import io.gatehouse.framework.Greetings.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Who gets which configuration, and what a change of it does. */
public class ConfigurationTest extends FrameworkTest {
    @Inject
    @SuppressWarnings("NullAway.Init") // by Pax Exam, before each test
    private ConfigurationAdmin admin;

    @Test
    public void givesATargetedConfigurationToTheBundleAtItsLocationAlone() throws Exception {
        Bundle old = started("old");
        Bundle young = started("new");
        try (Greetings greetings = new Greetings(context, "greeter")) {
            Configuration first = say(targeted(old), "hello");
            say(targeted(young), "welcome");

            // Config Admin tells one after the other: had the first reached both, there were three, or others.
            assertThat(greetings.next(2))
                    .containsExactly(new Event(Kind.ADDED, "old", "hello"), new Event(Kind.ADDED, "new", "welcome"));
            first.delete();
            assertThat(greetings.next(1)).containsExactly(new Event(Kind.REMOVED, "old", "hello"));
            assertThat(greetings.only().get()).isEqualTo("welcome");
        }
    }

    @Test
    public void givesABoundFactoryConfigurationToTheBundleAtItsLocationAlone() throws Exception {
        Bundle old = started("old");
        Bundle young = started("new");
        try (Greetings greetings = new Greetings(context, "greeter")) {
            Configuration first = say(factory(old), "hello");
            say(factory(young), "welcome");

            assertThat(greetings.next(2))
                    .containsExactly(new Event(Kind.ADDED, "old", "hello"), new Event(Kind.ADDED, "new", "welcome"));
            first.delete();
            assertThat(greetings.next(1)).containsExactly(new Event(Kind.REMOVED, "old", "hello"));
            assertThat(greetings.only().get()).isEqualTo("welcome");
        }
    }

    /** Why the host puts a second one beside such a component, and takes the first away when the second is there. */
    @Test
    public void takesAComponentWithoutModifiedAwayForAMomentWhenItsConfigurationChanges() throws Exception {
        Bundle bundle = started("old");
        try (Greetings greetings = new Greetings(context, "greeter")) {
            Configuration configuration = say(targeted(bundle), "hello");
            greetings.next(1);
            Supplier<String> first = greetings.only();

            say(configuration, "welcome");

            assertThat(greetings.next(2))
                    .containsExactly(new Event(Kind.REMOVED, "old", "hello"), new Event(Kind.ADDED, "old", "welcome"));
            assertThat(greetings.only()).isNotSameAs(first);
        }
    }

    @Test
    public void keepsAComponentWithModifiedWhenItsConfigurationChanges() throws Exception {
        Bundle bundle = started("old");
        try (Greetings greetings = new Greetings(context, "patient")) {
            Configuration configuration = say(targeted("patient", bundle), "hello");
            greetings.next(1);
            Supplier<String> first = greetings.only();

            say(configuration, "welcome");

            assertThat(greetings.next(1)).containsExactly(new Event(Kind.MODIFIED, "old", "welcome"));
            assertThat(greetings.only()).isSameAs(first);
        }
    }

    /** The host waits in {@code removedService} for calls that still run: nobody is called after its deactivation. */
    @Test
    public void tellsThatAServiceGoesBeforeItsComponentIsDeactivated() throws Exception {
        Bundle bundle = started("old");
        try (Greetings greetings = new Greetings(context, "greeter")) {
            say(targeted(bundle), "hello");
            greetings.next(1);
            Supplier<String> service = greetings.only();

            bundle.stop();

            assertThat(greetings.next(1)).containsExactly(new Event(Kind.REMOVED, "old", "hello"));
            assertThat(service.get()).isEqualTo("deactivated");
        }
    }

    @After
    public void forget() throws Exception {
        Configuration[] all = admin.listConfigurations(null);
        for (Configuration configuration : all == null ? new Configuration[0] : all) {
            configuration.delete();
        }
    }

    private Bundle started(String location) throws Exception {
        Bundle bundle = install(location, "greeter-1.0.0.jar");
        bundle.start();
        return bundle;
    }

    private Configuration targeted(Bundle bundle) throws IOException {
        return targeted("greeter", bundle);
    }

    private Configuration targeted(String pid, Bundle bundle) throws IOException {
        String location = bundle.getLocation();
        String target = String.join(
                "|", pid, bundle.getSymbolicName(), bundle.getVersion().toString(), location);
        return admin.getConfiguration(target, location);
    }

    private Configuration factory(Bundle bundle) throws IOException {
        return admin.getFactoryConfiguration("greeter", "corp~" + bundle.getBundleId(), bundle.getLocation());
    }

    private static Configuration say(Configuration configuration, String text) throws IOException {
        configuration.update(FrameworkUtil.asDictionary(Map.of("text", text)));
        return configuration;
    }
}
