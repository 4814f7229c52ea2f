package io.gatehouse.kernel.fakes;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.Jar;
import io.gatehouse.sdk.auth.Authenticator;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;

/** A plugin as a stranger would build it: compiled from source against the SDK alone and packed by bnd. */
public final class PluginJar {
    private static final List<File> CLASS_PATH = Stream.of(
                    Authenticator.class, Component.class, Designate.class, Logger.class, BundleContext.class)
            .map(PluginJar::home)
            .toList();

    private final String symbolicName;
    private String version = "1.0.0";
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<File> classPath = new ArrayList<>(CLASS_PATH);

    /** A plugin without classes yet. */
    public PluginJar(String symbolicName) {
        this.symbolicName = symbolicName;
    }

    public PluginJar version(String replacement) {
        version = replacement;
        return this;
    }

    /** Adds a class to the package {@code acme}; the imports of SDK and annotations are written for the author. */
    public PluginJar source(String simpleName, String body) {
        return source("acme", simpleName, body);
    }

    public PluginJar source(String packageName, String simpleName, String body) {
        String imports = Stream.of("auth", "authz", "broker", "event", "intercept", "mqtt", "plugin", "users")
                .map(name -> "import io.gatehouse.sdk." + name + ".*;")
                .collect(Collectors.joining());
        sources.put(
                packageName + "." + simpleName,
                "package " + packageName + ";" + imports
                        + "import java.util.*; import org.osgi.service.component.annotations.*; " + body);
        return this;
    }

    public PluginJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Compiles against another plugin too. */
    public PluginJar using(Path jar) {
        classPath.add(jar.toFile());
        return this;
    }

    /** Writes the jar into this folder and gives its path. */
    public Path into(Path folder) {
        try {
            Path classes = Files.createTempDirectory(folder, "classes");
            compile(classes);
            Path jar = folder.resolve(symbolicName + "-" + version + ".jar");
            pack(classes, jar);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        String path = classPath.stream().map(File::getPath).collect(Collectors.joining(File.pathSeparator));
        List<String> options = List.of("-d", classes.toString(), "-classpath", path, "-proc:none", "-parameters");
        List<? extends JavaFileObject> units = sources.entrySet().stream()
                .map(entry -> new Source(entry.getKey(), entry.getValue()))
                .toList();
        boolean compiled =
                compiler.getTask(problems, null, null, options, null, units).call();
        if (!compiled) {
            throw new IllegalArgumentException(problems.toString());
        }
    }

    private void pack(Path classes, Path target) throws IOException {
        try (Builder builder = new Builder()) {
            builder.setBundleSymbolicName(symbolicName);
            builder.setBundleVersion(version);
            builder.addClasspath(classes.toFile());
            for (File file : classPath) {
                builder.addClasspath(file);
            }
            String packages = sources.keySet().stream()
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .distinct()
                    .collect(Collectors.joining(","));
            builder.setProperty("-privatepackage", packages);
            headers.forEach(builder::setProperty);
            Jar jar = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new IllegalArgumentException(builder.getErrors().toString());
            }
            jar.write(target.toFile());
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static File home(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
