package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import io.gatehouse.kernel.config.hocon.KeyIndex;
import io.gatehouse.kernel.config.hocon.KeyPath;
import io.gatehouse.kernel.config.hocon.Position;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows the include statements of one file, to files below the configuration folder and nowhere else: whoever may write a
 * configuration file must not be able to make the broker fetch addresses or show other files.
 */
final class FolderIncluder implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    private final HoconFiles files;
    private final Problems problems;
    private final Source source;
    private final List<KeyIndex.Include> statements;

    FolderIncluder(HoconFiles files, Problems problems, Source source) {
        this.files = files;
        this.problems = problems;
        this.source = source;
        this.statements = new ArrayList<>(source.index().includes());
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        return file(what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        return file(what.getPath());
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        return refuse(statement(what.toString()), "include url(...) is refused: copy the file below " + files.folder());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
        return refuse(statement(what), "include classpath(...) is refused: copy the file below " + files.folder());
    }

    private ConfigObject file(String what) {
        KeyIndex.Include statement = statement(what);
        if (!source.file()) {
            return refuse(statement, "include is possible in files only");
        }
        try {
            Path file =
                    Path.of(source.name()).toAbsolutePath().resolveSibling(what).normalize();
            if (!file.toRealPath().startsWith(files.folder().toRealPath())) {
                return refuse(
                        statement, "`" + what + "` is outside of " + files.folder() + ": include files below it only");
            }
            return files.include(file, statement.under().under(source.under()), place(statement));
        } catch (IOException e) {
            return refuse(statement, "the included file `" + what + "` does not exist");
        } catch (InvalidPathException e) {
            return refuse(statement, "`" + what + "` is not a file name");
        }
    }

    /** The next statement with this argument; the parser meets them in the order of the text. */
    private KeyIndex.Include statement(String argument) {
        for (KeyIndex.Include statement : statements) {
            if (statement.argument().equals(argument)) {
                statements.remove(statement);
                return statement;
            }
        }
        return new KeyIndex.Include(KeyPath.ROOT, argument, Position.START);
    }

    private ConfigObject refuse(KeyIndex.Include statement, String message) {
        problems.error(place(statement), message);
        return files.nothing();
    }

    private Place place(KeyIndex.Include statement) {
        return source.place(statement.position());
    }
}
