package io.gatehouse.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.tools.SideSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.processors.JCStressTestProcessor;

/** Runs the races of {@code src/test/jcstress}, each for about a second in a process of its own. */
class RacesTest {
    private static final long PATIENCE_SECONDS = 240;

    /** One kind of virtual machine, instead of all that differ a little; then it takes as long as its iterations. */
    private static final String QUICK = "-jvmArgs -Xmx256m -sc false -f 1 -fsm 1 -iters 1 -time 250 -af NONE";

    @TempDir
    Path folder;

    @Test
    void noRaceEndsAsItMustNot() throws Exception {
        SideSources races = new SideSources(Path.of("src", "test", "jcstress"), folder.resolve("classes"));
        races.compile(new JCStressTestProcessor());
        List<String> arguments = new ArrayList<>(List.of(Main.class.getName()));
        arguments.addAll(List.of(QUICK.split(" ")));

        String said = races.run(folder, PATIENCE_SECONDS, arguments);

        int all = races.files().size();
        assertThat(said)
                .contains("Results: %d planned; %d passed, 0 failed, 0 soft errs, 0 hard errs".formatted(all, all));
    }
}
