package io.gatehouse.kernel.plugin.osgi;

import io.gatehouse.kernel.jars.StoredJar;
import java.util.Comparator;
import org.osgi.framework.Version;

/** Which of two jars is newer, as OSGi sees it (OSGi Core 8, 3.2.5). Any thread. */
public final class JarVersions {
    /** Lower versions first; one that makes no sense is the lowest. */
    public static final Comparator<StoredJar> ASCENDING = Comparator.comparing(JarVersions::version);

    private JarVersions() {}

    private static Version version(StoredJar jar) {
        try {
            return Version.parseVersion(jar.header().version());
        } catch (IllegalArgumentException e) {
            return Version.emptyVersion;
        }
    }
}
