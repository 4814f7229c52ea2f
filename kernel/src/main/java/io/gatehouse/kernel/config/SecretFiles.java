package io.gatehouse.kernel.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads secrets that the configuration keeps in files of their own: {@code "file:/run/secrets/ldap"}. */
final class SecretFiles {
    private static final String PREFIX = "file:";
    private static final int MAX_BYTES = 64 * 1024;

    private final Path folder;
    private final List<Path> opened = new ArrayList<>();

    /**
     * A reader of secrets.
     *
     * @param folder what relative paths are relative to
     */
    SecretFiles(Path folder) {
        this.folder = folder;
    }

    static boolean isReference(String text) {
        return text.startsWith(PREFIX);
    }

    /** A file that the configuration names, which is relative to the folder of the main file. */
    Path besideMainFile(String name) {
        return folder.resolve(name);
    }

    /** The content without the line end that editors put after it; the complaint names the file, never its content. */
    Reading<String> read(String reference) {
        String name = reference.substring(PREFIX.length());
        try {
            Path file = folder.resolve(name);
            opened.add(file);
            String text = withoutLineEnd(TextFile.read(file, MAX_BYTES));
            return text.isEmpty() ? Reading.bad("names the file " + file + ", which is empty") : Reading.good(text);
        } catch (TextFile.Unreadable e) {
            return Reading.bad("names the file " + folder.resolve(name) + ", which " + e.getMessage());
        } catch (InvalidPathException e) {
            return Reading.bad("does not name a file after `file:`");
        }
    }

    private static String withoutLineEnd(String text) {
        String stripped = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return stripped.endsWith("\r") && text.endsWith("\n") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }

    /** What was read, so that a change of it can be noticed. */
    List<Path> opened() {
        return List.copyOf(opened);
    }
}
