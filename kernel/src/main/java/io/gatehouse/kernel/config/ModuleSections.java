package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.gatehouse.kernel.config.hocon.KeyPath;
import io.gatehouse.kernel.config.schema.Attribute;
import io.gatehouse.kernel.config.schema.AttributeType;
import io.gatehouse.kernel.config.schema.ModuleSchema;
import io.gatehouse.kernel.config.schema.ModuleSchemas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Checks the top-level keys that are not the kernel's: each is the name of a module. */
final class ModuleSections {
    /** A name this close to a known one is taken for a misspelling. */
    private static final int MISSPELT = 2;

    private final Checker checker;
    private final ModuleSchemas schemas;
    private final SecretFiles secretFiles;
    private final Map<String, ModuleConfig> modules = new HashMap<>();

    ModuleSections(Checker checker, ModuleSchemas schemas, SecretFiles secretFiles) {
        this.checker = checker;
        this.schemas = schemas;
        this.secretFiles = secretFiles;
    }

    Map<String, ModuleConfig> modules() {
        return modules;
    }

    /**
     * Checks them all.
     *
     * @param kernel the top-level keys of the kernel
     * @param named the modules that chains name: those may well be absent
     */
    void check(ConfigObject root, Collection<String> kernel, Set<String> named) {
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(root).entrySet()) {
            if (!kernel.contains(entry.getKey())) {
                topLevel(entry.getKey(), entry.getValue(), kernel, named);
            }
        }
        for (ModuleSchema schema : new TreeMap<>(schemas.modules()).values()) {
            if (!schema.factory() && !root.containsKey(schema.module())) {
                schema.attributes().forEach(a -> noteDefault(KeyPath.of(schema.module()), a));
            }
        }
    }

    private void topLevel(String name, ConfigValue value, Collection<String> kernel, Set<String> named) {
        Optional<ModuleSchema> schema = schemas.find(name);
        if (schema.isPresent()) {
            module(schema.get(), value);
        } else {
            absent(name, value, kernel, named);
        }
    }

    /** Keeps settings out that nobody takes; a misspelt key must not pass for those of a module to come. */
    private void absent(String name, ConfigValue value, Collection<String> kernel, Set<String> named) {
        KeyPath path = KeyPath.of(name);
        List<String> known = new ArrayList<>(kernel);
        known.addAll(schemas.names());
        Optional<String> meant = Spelling.closest(name, known).filter(k -> Spelling.distance(name, k) <= MISSPELT);
        if (!ModuleNames.isModule(name) || (meant.isPresent() && !named.contains(name))) {
            String hint = meant.map(m -> "did you mean `" + m + "`?")
                    .orElse("a top-level key is one of " + String.join(", ", kernel) + ", or the name of a module");
            checker.problems().error(checker.place(path, value), "`" + path + "` is not a known setting; " + hint);
            return;
        }
        checker.problems()
                .warning(
                        checker.place(path, value),
                        "no module `" + name + "` is installed: these settings are not used");
        checker.note(path, value, true);
    }

    private void module(ModuleSchema schema, ConfigValue value) {
        KeyPath path = KeyPath.of(schema.module());
        Optional<ConfigObject> section = checker.section(path, value);
        if (section.isPresent() && schema.factory()) {
            new TreeMap<>(section.get()).forEach((name, instance) -> instance(schema, path.child(name), instance));
        } else {
            section.ifPresent(values -> add(schema, path, "", values));
        }
    }

    private void instance(ModuleSchema schema, KeyPath path, ConfigValue value) {
        String name = path.last();
        if (!ModuleNames.isInstance(name)) {
            checker.problems()
                    .error(
                            checker.place(path, value),
                            "`" + path + "`: the name of an instance is made of a-z, 0-9 and dashes");
        } else if (value instanceof ConfigObject values) {
            add(schema, path, name, values);
        } else if (!Resolution.isStandIn(value)) {
            checker.problems()
                    .error(
                            checker.place(path, value),
                            "`" + schema.module() + "` is configured per instance: write " + schema.module()
                                    + " { <name> { " + name + " = ... } }");
        }
    }

    private void add(ModuleSchema schema, KeyPath path, String instance, ConfigObject values) {
        Map<String, Object> properties = schema.described() ? described(schema, path, values) : any(path, values);
        ModuleConfig module = new ModuleConfig(schema.module(), instance, properties);
        modules.put(module.name(), module);
    }

    private Map<String, Object> described(ModuleSchema schema, KeyPath path, ConfigObject values) {
        Map<String, Object> properties = new HashMap<>();
        Map<String, Attribute> attributes = schema.byKey();
        attributes.forEach((key, attribute) -> {
            ConfigValue value = values.get(key);
            KeyPath at = path.child(key);
            if (value != null) {
                checker.value(at, value, new AttributeValue(attribute, secretFiles), isSecret(attribute))
                        .ifPresent(good -> properties.put(attribute.id(), good));
            } else if (attribute.required()) {
                String allowed = new AttributeValue(attribute, secretFiles).allowed();
                checker.problems().error(checker.place(path), "`" + at + "` is missing: it must be " + allowed);
            } else {
                noteDefault(path, attribute);
            }
        });
        checker.unknownKeys(path, values, attributes.keySet());
        return properties;
    }

    private static boolean isSecret(Attribute attribute) {
        return attribute.type() == AttributeType.PASSWORD || Secrets.mentionedIn(attribute.key());
    }

    private void noteDefault(KeyPath path, Attribute attribute) {
        if (!attribute.defaults().isEmpty()) {
            List<Object> values = AttributeNumbers.typedDefaults(attribute);
            Object shown = attribute.list() ? values : values.getFirst();
            checker.noteDefault(path.child(attribute.key()), shown, isSecret(attribute));
        }
    }

    /** The settings of a module that does not say which it takes. Nothing says which are secret, so none is shown. */
    private Map<String, Object> any(KeyPath path, ConfigObject values) {
        // Config Admin's keys do not differ in case alone.
        Map<String, Object> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        new TreeMap<>(values).forEach((key, value) -> {
            KeyPath at = path.child(key);
            if (!ModuleNames.isModule(key)) {
                checker.problems()
                        .error(checker.place(at, value), "`" + at + "`: a key is made of a-z, 0-9 and dashes");
            } else if (properties.containsKey(Attribute.idOf(key))) {
                checker.problems()
                        .error(checker.place(at, value), "`" + at + "` is the same setting as another one spelt alike");
            } else {
                checker.value(at, value, new AnyValue(), true).ifPresent(v -> properties.put(Attribute.idOf(key), v));
            }
        });
        return properties;
    }
}
