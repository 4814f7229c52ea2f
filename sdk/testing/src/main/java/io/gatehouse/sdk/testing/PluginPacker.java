package io.gatehouse.sdk.testing;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.FileResource;
import aQute.bnd.osgi.Jar;
import aQute.bnd.version.Version;
import io.gatehouse.kernel.develop.PluginModule;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Packs a plugin as the project's build would: bnd reads the annotations of the compiled classes and the project's {@code bnd.bnd}. Each
 * jar has a version of its own, higher than the one before. Called by the test's thread; blocks.
 */
final class PluginPacker {
    private static final String NO_VERSION = "0.0.0";

    private final PluginSource source;
    private final List<Class<?>> selection;
    private int packed;

    /** Packs this project; when components are selected, only their packages. */
    PluginPacker(PluginSource source, List<Class<?>> selection) {
        this.source = source;
        this.selection = selection;
    }

    /**
     * Packs the plugin.
     *
     * @param components the only components that are offered, which may come from anywhere on the class path; empty for all that there are
     * @param before the modules of the plugin that this one takes the place of
     */
    Path pack(Path target, List<Class<?>> components, List<PluginModule> before) {
        try (Builder builder = new Builder();
                Jar content = new Jar("plugin", source.classes().toFile())) {
            content.remove("META-INF/MANIFEST.MF");
            content.removePrefix("OSGI-INF/");
            if (!selection.isEmpty()) {
                keepPackagesOfSelection(content);
            }
            for (Class<?> component : components) {
                addClass(content, component);
            }
            instruct(builder);
            if (!components.isEmpty()) {
                select(builder, components, before);
            }
            builder.setJar(content);
            addClassPath(builder);
            Jar jar = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new BrokerNotStartedException("the classes in " + source.classes()
                        + " cannot be packed as a plugin: " + String.join("; ", builder.getErrors()));
            }
            jar.write(target.toFile());
            return target;
        } catch (BrokerNotStartedException e) {
            throw e;
        } catch (Exception e) { // bnd declares no other
            throw new BrokerNotStartedException(
                    "the classes in " + source.classes() + " cannot be packed as a plugin: " + e, e);
        }
    }

    private void instruct(Builder builder) {
        Properties instructions = source.instructions();
        String name = String.valueOf(source.project().getFileName());
        instructions.putIfAbsent("project.artifactId", name);
        instructions.putIfAbsent("project.version", NO_VERSION);
        instructions.putIfAbsent("Bundle-SymbolicName", name);
        instructions.putIfAbsent("Bundle-Version", NO_VERSION);
        instructions.putIfAbsent("Import-Package", "org.jspecify.annotations;resolution:=optional,*");
        builder.setProperties(source.project().toFile(), instructions);
        builder.setProperty("Bundle-Version", nextVersion(builder));
    }

    /** The configuration of what is left out would stand beside that of its replacement. */
    private static void select(Builder builder, List<Class<?>> components, List<PluginModule> before) {
        List<String> names = components.stream().map(Class::getName).toList();
        builder.setProperty("-dsannotations", String.join(",", names));
        List<String> described = new ArrayList<>();
        before.stream()
                .map(PluginModule::implementation)
                .filter(type -> !names.contains(type))
                .forEach(type -> described.add("!" + type));
        described.add("*");
        builder.setProperty("-metatypeannotations", String.join(",", described));
    }

    private String nextVersion(Builder builder) {
        String declared = builder.getProperty("Bundle-Version");
        Version version = Version.isVersion(declared) ? Version.parseVersion(declared) : Version.emptyVersion;
        packed++;
        return new Version(version.getMajor(), version.getMinor(), version.getMicro(), "test-%06d".formatted(packed))
                .toString();
    }

    private void keepPackagesOfSelection(Jar content) {
        List<String> folders =
                selection.stream().map(PluginPacker::folder).distinct().toList();
        content.getResources().keySet().stream()
                .filter(path -> !folders.contains(path.substring(0, path.lastIndexOf('/') + 1)))
                .toList()
                .forEach(content::remove);
    }

    private static String folder(Class<?> type) {
        return type.getPackageName().replace('.', '/') + "/";
    }

    /** A class with those nested in it. */
    private static void addClass(Jar content, Class<?> type) throws IOException {
        Path folder = PluginSource.home(type).resolve(folder(type));
        String simple = type.getName().substring(type.getPackageName().length() + 1);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals(simple + ".class")
                        || name.startsWith(simple + "$")) { // itself, and what is nested in it
                    content.putResource(type.getPackageName().replace('.', '/') + "/" + name, new FileResource(file));
                }
            }
        }
    }

    private static void addClassPath(Builder builder) throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.exists(Path.of(entry))) { // Maven names folders that no module needed to make
                builder.addClasspath(new File(entry));
            }
        }
    }
}
