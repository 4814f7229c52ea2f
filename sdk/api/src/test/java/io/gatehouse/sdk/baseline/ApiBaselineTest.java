package io.gatehouse.sdk.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import aQute.bnd.version.Version;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Plugins that were built against the SDK as released must go on working: what is removed or changed needs a new major version of its
 * package, what is added a new minor one, by bnd's rules.
 */
class ApiBaselineTest {
    private static final Path BASELINE = Path.of("src", "baseline", "0.1.0.txt");
    private static final String HOW =
            "Undo the change; or raise the package's @Version, unless that version was not released yet,"
                    + " and write the baseline anew: "
                    + "mvn -pl sdk/api test -Dtest=ApiBaselineTest -Dbaseline.write=true";

    @Test
    void theApiIsCompatibleWithItsBaseline() throws Exception {
        Tree now = api();
        if (Boolean.getBoolean("baseline.write")) {
            Files.createDirectories(BASELINE.getParent());
            Files.writeString(BASELINE, ApiText.write(now));
        }
        Tree released = ApiText.read(Files.readString(BASELINE));

        assertThat(problems(now.diff(released))).as(HOW).isEmpty();
    }

    @Test
    void aMethodMoreInWhatPluginsImplementIsIncompatible() throws Exception {
        assertThat(withoutLine("METHOD MAJOR MAJOR authenticate(io.gatehouse.sdk.auth.ConnectRequest)"))
                .singleElement()
                .asString()
                .contains("io.gatehouse.sdk.auth", "1.0.0", "authenticate");
    }

    @Test
    void aMethodMoreInWhatTheKernelImplementsNeedsAMinorVersion() throws Exception {
        assertThat(withoutLine("METHOD MINOR MAJOR view()"))
                .singleElement()
                .asString()
                .contains("io.gatehouse.sdk.broker", "0.2.0", "view()");
    }

    @Test
    void aMethodLessIsIncompatible() throws Exception {
        String text = ApiText.write(api())
                .replace("METHOD MINOR MAJOR view()\n", "METHOD MINOR MAJOR view()\n      METHOD MINOR MAJOR gone()\n");

        assertThat(problems(api().diff(ApiText.read(text))))
                .singleElement()
                .asString()
                .contains("io.gatehouse.sdk.broker", "1.0.0", "gone()");
    }

    /** What there is to say about the API as it is, when the baseline lacked this element and what belongs to it. */
    private static List<String> withoutLine(String element) throws Exception {
        List<String> kept = new ArrayList<>();
        int inside = Integer.MAX_VALUE;
        for (String line : ApiText.write(api()).lines().toList()) {
            int depth = line.length() - line.stripLeading().length();
            if (depth <= inside) {
                inside = line.strip().equals(element) ? depth : Integer.MAX_VALUE;
            }
            if (inside == Integer.MAX_VALUE) {
                kept.add(line);
            }
        }
        return problems(api().diff(ApiText.read(String.join("\n", kept))));
    }

    private static Tree api() throws Exception {
        try (Jar jar = new Jar(new File("target/classes"))) {
            return new DiffPluginImpl().tree(jar).get("<api>");
        }
    }

    private static List<String> problems(Diff diff) {
        List<String> problems = new ArrayList<>();
        for (Diff changed : diff.getChildren()) {
            Delta delta = changed.getDelta();
            if (changed.getType() == Type.PACKAGE && delta == Delta.REMOVED) {
                problems.add(changed.getName() + " is gone");
            } else if (changed.getType() == Type.PACKAGE && (delta == Delta.MAJOR || delta == Delta.MINOR)) {
                Version was = version(changed.getOlder());
                Version needed = delta == Delta.MAJOR
                        ? new Version(was.getMajor() + 1, 0, 0)
                        : new Version(was.getMajor(), was.getMinor() + 1, 0);
                if (version(changed.getNewer()).compareTo(needed) < 0) {
                    problems.add(changed.getName() + " needs version " + needed + " because of " + causes(changed));
                }
            }
        }
        return problems;
    }

    private static List<String> causes(Diff diff) {
        List<String> causes = new ArrayList<>();
        for (Diff child : diff.getChildren()) {
            if (child.getDelta() == Delta.ADDED || child.getDelta() == Delta.REMOVED) {
                causes.add(child.getDelta() + " " + child.getName());
            } else if (child.getDelta() == Delta.MAJOR || child.getDelta() == Delta.MINOR) {
                causes.addAll(causes(child));
            }
        }
        return causes;
    }

    private static Version version(Tree changed) {
        for (Tree child : changed.getChildren()) {
            if (child.getType() == Type.VERSION) {
                return Version.parseVersion(child.getName());
            }
        }
        return Version.emptyVersion;
    }
}
