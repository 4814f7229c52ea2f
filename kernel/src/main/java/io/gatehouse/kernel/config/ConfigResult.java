package io.gatehouse.kernel.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came out of reading the configuration.
 *
 * @param config the checked configuration; null exactly when there are errors
 * @param errors all that is wrong, in the order in which it stands in the files
 * @param warnings what is allowed, but probably not meant
 * @param settings every setting in effect, secrets masked, in the order of the sections; incomplete when there are errors
 * @param files every file that was read, with included ones and those that hold secrets
 */
public record ConfigResult(
        @Nullable GatehouseConfig config,
        List<ConfigProblem> errors,
        List<ConfigProblem> warnings,
        List<EffectiveSetting> settings,
        List<Path> files) {
    public ConfigResult {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        settings = List.copyOf(settings);
        files = List.copyOf(files);
        if ((config == null) == errors.isEmpty()) {
            throw new IllegalArgumentException("either a configuration or errors");
        }
    }
}
