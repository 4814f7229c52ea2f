package io.gatehouse.kernel.config.schema;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one XML description: Metatype (OSGi Compendium 105.8) or the head of a component (112.4).
 *
 * <p>The file comes out of a jar that nobody has judged yet. Document types are refused, so there are no entities to expand or
 * to fetch, and counts are bounded.
 */
final class MetatypeXml {
    private static final int MAX_ELEMENTS = 20_000;

    private final XMLStreamReader xml;
    private final Map<String, List<Attribute>> classes = new HashMap<>();
    private final List<Designate> designates = new ArrayList<>();
    private int elements;

    private MetatypeXml(byte[] bytes) throws XMLStreamException {
        this.xml = factory().createXMLStreamReader(new ByteArrayInputStream(bytes));
    }

    /** Which module a class of settings belongs to. */
    private record Designate(String pid, boolean factory, String ocd) {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are refused");
        });
        return factory;
    }

    static List<ModuleSchema> modules(byte[] bytes) throws XMLStreamException {
        MetatypeXml description = new MetatypeXml(bytes);
        description.readAll();
        List<ModuleSchema> modules = new ArrayList<>();
        for (Designate designate : description.designates) {
            List<Attribute> attributes = description.classes.get(designate.ocd());
            if (attributes == null) {
                throw new XMLStreamException("no OCD " + designate.ocd());
            }
            modules.add(new ModuleSchema(designate.pid(), designate.factory(), true, attributes));
        }
        return modules;
    }

    static Optional<ComponentDescription> component(byte[] bytes) throws XMLStreamException {
        MetatypeXml description = new MetatypeXml(bytes);
        while (description.next()) {
            if (description.at("component")) {
                Optional<String> name = description.attribute("name");
                return name.isEmpty() ? Optional.empty() : Optional.of(description.component(name.get()));
            }
        }
        return Optional.empty();
    }

    private ComponentDescription component(String name) throws XMLStreamException {
        String pids = attribute("configuration-pid").orElse(name);
        boolean modifiable = attribute("modified").isPresent();
        Set<String> interfaces = new HashSet<>();
        while (nextWithin("component")) {
            if (at("provide")) {
                interfaces.add(required("interface"));
            }
        }
        return new ComponentDescription(
                name,
                Stream.of(pids.strip().split("\\s+"))
                        .map(pid -> pid.equals("$") ? name : pid)
                        .collect(Collectors.toUnmodifiableSet()),
                modifiable,
                interfaces);
    }

    private void readAll() throws XMLStreamException {
        while (next()) {
            if (at("OCD")) {
                String id = required("id");
                classes.put(id, attributes());
            } else if (at("Designate")) {
                designate();
            }
        }
    }

    private void designate() throws XMLStreamException {
        Optional<String> factoryPid = attribute("factoryPid");
        String pid = factoryPid.isPresent() ? factoryPid.get() : required("pid");
        while (nextWithin("Designate")) {
            if (at("Object")) {
                designates.add(new Designate(pid, factoryPid.isPresent(), required("ocdref")));
            }
        }
    }

    private List<Attribute> attributes() throws XMLStreamException {
        List<Attribute> attributes = new ArrayList<>();
        while (nextWithin("OCD")) {
            if (at("AD")) {
                attributes.add(attribute());
            }
        }
        return attributes;
    }

    private Attribute attribute() throws XMLStreamException {
        String id = required("id");
        String typeName = required("type");
        AttributeType type = AttributeType.named(typeName)
                .orElseThrow(() -> new XMLStreamException("attribute " + id + " has the unknown type " + typeName));
        boolean list = attribute("cardinality").map(c -> !c.equals("0")).orElse(false);
        Optional<String> defaults = attribute("default");
        boolean required = !attribute("required").orElse("true").equals("false") && defaults.isEmpty();
        Optional<String> min = attribute("min");
        Optional<String> max = attribute("max");
        return new Attribute(id, type, list, required, split(defaults.orElse(""), list), min, max, options());
    }

    private List<String> options() throws XMLStreamException {
        List<String> options = new ArrayList<>();
        while (nextWithin("AD")) {
            if (at("Option")) {
                options.add(required("value"));
            }
        }
        return options;
    }

    /** The values of a default: separated by commas, where {@code \,} is a comma of the value. */
    private static List<String> split(String text, boolean list) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                value.append(text.charAt(++i));
            } else if (c == ',' && list) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }

    /** Moves to the next start of an element inside the current one; false at its end. */
    private boolean nextWithin(String parent) throws XMLStreamException {
        while (step()) {
            if (xml.isStartElement()) {
                return true;
            }
            if (xml.isEndElement() && xml.getLocalName().equals(parent)) {
                return false;
            }
        }
        return false;
    }

    private boolean next() throws XMLStreamException {
        while (step()) {
            if (xml.isStartElement()) {
                return true;
            }
        }
        return false;
    }

    private boolean step() throws XMLStreamException {
        if (!xml.hasNext()) {
            return false;
        }
        int event = xml.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new XMLStreamException("document types and entities are refused");
        }
        if (event == XMLStreamConstants.START_ELEMENT && ++elements > MAX_ELEMENTS) {
            throw new XMLStreamException("more than " + MAX_ELEMENTS + " elements");
        }
        return true;
    }

    private boolean at(String element) {
        return xml.getLocalName().equals(element);
    }

    private Optional<String> attribute(String name) {
        @Nullable String value = xml.getAttributeValue(null, name);
        return Optional.ofNullable(value);
    }

    private String required(String name) throws XMLStreamException {
        return attribute(name).orElseThrow(() -> new XMLStreamException("attribute " + name + " is missing"));
    }
}
