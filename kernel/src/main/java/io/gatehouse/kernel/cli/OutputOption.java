package io.gatehouse.kernel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** {@code --output}: text for people, JSON of a stable shape for scripts. */
final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How to print the result: text for people, json for scripts. Default: ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    Format format() {
        return format;
    }

    /** Prints the value as JSON, or the lines. */
    void print(Shell shell, Object json, Supplier<List<String>> lines) {
        switch (format) {
            case TEXT -> lines.get().forEach(shell.out()::println);
            case JSON -> shell.out().println(json(json));
        }
        shell.out().flush();
    }

    /** The value as JSON that people can read, too. */
    static String json(Object value) {
        try {
            return JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                    .build()
                    .writeValueAsString(value);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a result cannot be written as JSON", broken);
        }
    }

    /** The formats. */
    enum Format {
        /** For people. */
        TEXT,
        /** For scripts. */
        JSON
    }
}
