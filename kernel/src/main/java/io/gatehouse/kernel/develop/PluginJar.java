package io.gatehouse.kernel.develop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a plugin's jar which modules it brings, without running anything of it: the component descriptions that bnd wrote from the
 * annotations. Any thread; reads the file.
 */
public final class PluginJar {
    private static final String SYMBOLIC_NAME = "Bundle-SymbolicName";
    private static final String COMPONENTS = "Service-Component";
    private static final int MOST_COMPONENTS = 1_000;
    private static final int LARGEST_DESCRIPTION = 1 << 20;

    private PluginJar() {}

    /**
     * The modules in the order of the manifest.
     *
     * @return empty when the jar is no bundle with components
     * @throws IOException when the file is no readable jar, or a description in it is broken
     */
    public static List<PluginModule> modules(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<PluginModule> modules = new ArrayList<>();
            for (String description : descriptions(file.getManifest())) {
                JarEntry entry = file.getJarEntry(description);
                if (entry != null) {
                    modules.add(read(jar, file, entry));
                }
            }
            return List.copyOf(modules);
        }
    }

    /** The bundle's symbolic name; empty when the jar has none. */
    static String symbolicName(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue(SYMBOLIC_NAME);
            return name == null ? "" : name.split(";", 2)[0].strip();
        }
    }

    private static List<String> descriptions(@Nullable Manifest manifest) {
        Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String components = main.getValue(COMPONENTS);
        return components == null
                ? List.of()
                : List.of(components.split(",")).stream()
                        .map(String::strip)
                        .limit(MOST_COMPONENTS)
                        .toList();
    }

    private static PluginModule read(Path jar, JarFile file, JarEntry entry) throws IOException {
        if (entry.getSize() > LARGEST_DESCRIPTION) {
            throw new IOException(entry.getName() + " in " + jar + " is larger than 1 MiB: build the jar with bnd");
        }
        try (InputStream in = file.getInputStream(entry)) {
            XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            return read(factory.createXMLStreamReader(in));
        } catch (XMLStreamException e) {
            throw new IOException(
                    entry.getName() + " in " + jar + " is no component description: build the jar with bnd", e);
        }
    }

    private static PluginModule read(XMLStreamReader xml) throws XMLStreamException {
        String name = "";
        String implementation = "";
        Set<Role> roles = EnumSet.noneOf(Role.class);
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "component" -> name = attribute(xml, "name");
                    case "implementation" -> implementation = attribute(xml, "class");
                    case "provide" -> Role.of(attribute(xml, "interface")).ifPresent(roles::add);
                    default -> {}
                }
            }
        }
        return new PluginModule(name.isEmpty() ? implementation : name, implementation, roles);
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }
}
