package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.gatehouse.kernel.config.hocon.KeyIndex;
import io.gatehouse.kernel.config.hocon.KeyPath;
import io.gatehouse.kernel.config.hocon.KeyScanner;
import io.gatehouse.kernel.config.hocon.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Parses HOCON files within bounds. A text with a mistake in it is reported and gives no values, so that the mistakes of other
 * files are found in the same run.
 */
final class HoconFiles {
    /** Main file, {@code conf.d} and included files together. */
    static final int MAX_FILES = 1_000;

    private static final int MAX_FILE_BYTES = 4 * 1024 * 1024;
    private static final long MAX_ALL_CHARACTERS = 64L * 1024 * 1024;
    private static final int MAX_INCLUDE_DEPTH = 8;

    private final Path folder;
    private final Problems problems;
    private final List<Source> sources = new ArrayList<>();
    private final List<Path> opened = new ArrayList<>();
    private long characters;
    private int includeDepth;
    private boolean complete = true;

    /**
     * A reader of files.
     *
     * @param folder files may include others below this one only
     */
    HoconFiles(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    Path folder() {
        return folder;
    }

    /** All texts parsed so far, lowest priority first. */
    List<Source> sources() {
        return Collections.unmodifiableList(sources);
    }

    List<Path> opened() {
        return Collections.unmodifiableList(opened);
    }

    /** Whether every text could be read; if not, what refers to the missing one is not at fault. */
    boolean isComplete() {
        return complete;
    }

    int nextRank() {
        return sources.size();
    }

    void add(Source source) {
        sources.add(source);
    }

    ConfigObject read(Path file) {
        return read(file, KeyPath.ROOT, Place.whole(nextRank(), file.toString()), "this file ");
    }

    /** Reads a file that another one includes. */
    ConfigObject include(Path file, KeyPath under, Place statement) {
        if (includeDepth >= MAX_INCLUDE_DEPTH) {
            problems.error(
                    statement,
                    "includes are nested more than " + MAX_INCLUDE_DEPTH + " deep; does " + file + " include itself?");
            return nothing();
        }
        includeDepth++;
        try {
            return read(file, under, statement, "the included file " + file + " ");
        } finally {
            includeDepth--;
        }
    }

    private ConfigObject read(Path file, KeyPath under, Place place, String subject) {
        opened.add(file);
        try {
            String text = opened.size() > MAX_FILES ? "" : TextFile.read(file, MAX_FILE_BYTES);
            characters += text.length();
            if (opened.size() > MAX_FILES || characters > MAX_ALL_CHARACTERS) {
                add(new Source(file.toString(), nextRank(), under, KeyIndex.EMPTY, true));
                problems.error(
                        place,
                        subject + "is one too many: at most " + MAX_FILES + " files and "
                                + Quantities.showSize(MAX_ALL_CHARACTERS) + " in all are read");
                return nothing();
            }
            Source source = new Source(file.toString(), nextRank(), under, KeyScanner.scan(text), true);
            add(source);
            return parse(text, source, source.index());
        } catch (TextFile.Unreadable e) {
            add(new Source(file.toString(), nextRank(), under, KeyIndex.EMPTY, true));
            problems.error(place, subject + e.getMessage());
            return nothing();
        }
    }

    /**
     * Parses a text.
     *
     * @param index of this text
     */
    ConfigObject parse(String text, Source source, KeyIndex index) {
        if (index.tooDeep().isPresent()) {
            problems.error(
                    source.place(index.tooDeep().get()),
                    "sections and lists are nested more than " + KeyScanner.MAX_DEPTH + " deep");
            return nothing();
        }
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF)
                .setOriginDescription(source.name())
                .setIncluder(new FolderIncluder(this, problems, source));
        try {
            return ConfigFactory.parseString(text, options).root();
        } catch (ConfigException e) {
            syntaxError(text, source, index, e);
        } catch (StackOverflowError e) {
            // The parser recurses; the scanner's bound is meant to be met first, this is the net underneath.
            problems.error(source.place(Position.START), "the text is nested too deep to be read");
        }
        return nothing();
    }

    private void syntaxError(String text, Source source, KeyIndex index, ConfigException e) {
        if (index.finding().isPresent()) {
            KeyIndex.Finding finding = index.finding().get();
            problems.error(source.place(finding.position()), finding.message());
            return;
        }
        int line = e.origin() == null ? 1 : Math.max(1, e.origin().lineNumber());
        String content = text.lines().skip(line - 1L).findFirst().orElse("");
        int column = content.length() - content.stripLeading().length() + 1;
        problems.error(source.place(new Position(line, column)), ParserMessages.plain(e, content));
    }

    /** What a text gives that was refused. */
    ConfigObject nothing() {
        complete = false;
        return ConfigFactory.empty().root();
    }
}
