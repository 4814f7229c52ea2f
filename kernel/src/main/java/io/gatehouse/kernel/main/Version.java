package io.gatehouse.kernel.main;

/** The version that the build wrote into the jar. */
public final class Version {
    private Version() {}

    /** Such as {@code 0.1.0}; {@code development} when not run from a jar. */
    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
