package io.gatehouse.kernel.config.schema;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;

/**
 * What a jar says about one of its components before anything of it runs (OSGi Compendium 112.4).
 *
 * @param name the component's and so the module's name
 * @param pids whose configurations it reads
 * @param modifiable true when it takes another configuration without being stopped
 * @param interfaces under which it is offered
 */
public record ComponentDescription(String name, Set<String> pids, boolean modifiable, Set<String> interfaces) {
    public ComponentDescription {
        pids = Set.copyOf(pids);
        interfaces = Set.copyOf(interfaces);
    }

    /**
     * Reads all components of a jar.
     *
     * @throws IOException with a reason when the jar or one of its descriptions cannot be read
     */
    public static List<ComponentDescription> of(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return JarSchemas.components(zip);
        } catch (XMLStreamException e) {
            throw new IOException("the description of a component is broken: " + e.getMessage(), e);
        }
    }
}
