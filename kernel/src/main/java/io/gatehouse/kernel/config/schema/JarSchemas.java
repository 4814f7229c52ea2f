package io.gatehouse.kernel.config.schema;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the modules of one jar: those with a Metatype description from {@code OSGI-INF/metatype/*.xml}, and the components
 * without one from the files that the header {@code Service-Component} names.
 */
final class JarSchemas {
    private static final String METATYPE = "OSGI-INF/metatype/";
    private static final int MAX_FILES = 100;
    private static final int MAX_BYTES = 1024 * 1024;

    private JarSchemas() {}

    static Map<String, ModuleSchema> read(Path jar) throws IOException, XMLStreamException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Map<String, ModuleSchema> modules = new LinkedHashMap<>();
            for (ZipEntry entry : metatypeFiles(zip)) {
                for (ModuleSchema schema : MetatypeXml.modules(bytes(zip, entry))) {
                    modules.putIfAbsent(schema.module(), schema);
                }
            }
            for (ComponentDescription component : components(zip)) {
                modules.putIfAbsent(component.name(), ModuleSchema.undescribed(component.name()));
            }
            return modules;
        }
    }

    /** The jar's Bundle-Version; one that makes no sense is lower than all others. */
    static Version version(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return Version.parse(header(zip, "Bundle-Version").orElse("0").strip());
        } catch (IllegalArgumentException e) {
            return Version.parse("0");
        }
    }

    /** The components that the header {@code Service-Component} names, in its order. */
    static List<ComponentDescription> components(ZipFile zip) throws IOException, XMLStreamException {
        List<ComponentDescription> components = new ArrayList<>();
        for (String file : componentFiles(zip)) {
            ZipEntry entry = zip.getEntry(file);
            if (entry != null) {
                MetatypeXml.component(bytes(zip, entry)).ifPresent(components::add);
            }
        }
        return components;
    }

    private static List<ZipEntry> metatypeFiles(ZipFile zip) throws IOException {
        List<ZipEntry> files = new ArrayList<>();
        var entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            if (entry.getName().startsWith(METATYPE) && entry.getName().endsWith(".xml")) {
                files.add(entry);
            }
        }
        return bounded(files);
    }

    private static List<String> componentFiles(ZipFile zip) throws IOException {
        Optional<String> header = header(zip, "Service-Component");
        if (header.isEmpty()) {
            return List.of();
        }
        List<String> files = new ArrayList<>();
        for (String file : header.get().split(",", -1)) {
            files.add(file.strip());
        }
        return bounded(files);
    }

    private static Optional<String> header(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry("META-INF/MANIFEST.MF");
        if (entry == null) {
            return Optional.empty();
        }
        Manifest manifest = new Manifest(new ByteArrayInputStream(bytes(zip, entry)));
        @Nullable String value = manifest.getMainAttributes().getValue(name);
        return Optional.ofNullable(value);
    }

    private static <T> List<T> bounded(List<T> files) throws IOException {
        if (files.size() > MAX_FILES) {
            throw new IOException("more than " + MAX_FILES + " descriptions in one jar");
        }
        return files;
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException(entry.getName() + " is larger than " + MAX_BYTES + " bytes");
            }
            return bytes;
        }
    }
}
