package io.gatehouse.kernel.admission.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Loads classes past a guard, as the plugin host does. */
final class GuardedLoader extends ClassLoader {
    private static final String SUFFIX = ".class";

    private final Map<String, byte[]> classes;
    private final CallGuard guard;

    GuardedLoader(Map<String, byte[]> classes, CallGuard guard) {
        super(GuardedLoader.class.getClassLoader());
        this.classes = classes;
        this.guard = guard;
    }

    static Map<String, byte[]> classesOf(Path jar) {
        Map<String, byte[]> classes = new HashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(SUFFIX)) {
                    String name = entry.getName().replace('/', '.');
                    try (InputStream in = zip.getInputStream(entry)) {
                        classes.put(name.substring(0, name.length() - SUFFIX.length()), in.readAllBytes());
                    }
                }
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] original = classes.get(name);
        if (original == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] bytes = switch (guard.rewrite(original)) {
            case GuardResult.Unchanged unchanged -> original;
            case GuardResult.Rewritten rewritten -> rewritten.bytes();
            case GuardResult.Refused refused -> throw new ClassNotFoundException(refused.sentence());
        };
        return defineClass(name, bytes, 0, bytes.length);
    }
}
