package io.gatehouse.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.framework.Greetings.Event;
import java.util.List;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Two generations of one plugin, as there are during an upgrade. */
public class SideBySideTest extends FrameworkTest {
    @Test
    public void runsTwoVersionsEachWithItsOwnService() throws Exception {
        assertSideBySide(install("old", "greeter-1.0.0.jar"), install("new", "greeter-1.1.0.jar"));
    }

    @Test
    public void runsTheSameVersionTwice() throws Exception {
        Bundle old = install("old", "greeter-1.0.0.jar");
        Bundle rebuilt = install("new", "greeter-1.0.0.jar");

        assertThat(rebuilt.getBundleId()).isNotEqualTo(old.getBundleId());
        assertThat(rebuilt.getVersion()).isEqualTo(old.getVersion());
        assertSideBySide(old, rebuilt);
    }

    @Test
    public void keepsTheServiceOfOneWhenTheOtherGoes() throws Exception {
        Bundle old = install("old", "greeter-1.0.0.jar");
        Bundle rebuilt = install("new", "greeter-1.0.0.jar");
        try (Greetings labels = new Greetings(context, "label")) {
            old.start();
            rebuilt.start();
            labels.next(2);

            old.stop();

            assertThat(labels.next(1)).containsExactly(new Event(Greetings.Kind.REMOVED, "old", "old"));
            assertThat(labels.only().get()).isEqualTo("new");
        }
    }

    private void assertSideBySide(Bundle old, Bundle young) throws Exception {
        try (Greetings labels = new Greetings(context, "label")) {
            old.start();
            young.start();

            List<Event> events = labels.next(2);
            assertThat(events)
                    .extracting(Event::kind, Event::location, Event::text)
                    .containsExactlyInAnyOrder(
                            tuple(Greetings.Kind.ADDED, "old", "old"), tuple(Greetings.Kind.ADDED, "new", "new"));
        }
        String name = "io.gatehouse.framework.greeter.Label";
        assertThat(young.loadClass(name)).isNotSameAs(old.loadClass(name));
    }
}
