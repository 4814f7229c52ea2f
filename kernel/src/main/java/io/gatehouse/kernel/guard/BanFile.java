package io.gatehouse.kernel.guard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.gatehouse.kernel.config.DurableFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bans across restarts: a JSON file that is replaced as a whole. Calls block; used by one thread at a time. */
final class BanFile {
    private static final long LARGEST = 128L << 20;

    private final Path path;

    BanFile(Path path) {
        this.path = path;
    }

    /**
     * All bans in the file; none when there is no file.
     *
     * @throws IOException when the file cannot be read or is not what {@link #write} wrote, with the reason
     */
    List<Ban> read() throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        if (Files.size(path) > LARGEST) {
            throw new IOException("it is larger than " + LARGEST + " bytes");
        }
        try (JsonParser in = new JsonFactory().createParser(path.toFile())) {
            expect(in, JsonToken.START_OBJECT);
            expect(in, JsonToken.FIELD_NAME);
            expect(in, JsonToken.START_ARRAY);
            List<Ban> bans = new ArrayList<>();
            while (in.nextToken() == JsonToken.START_OBJECT && bans.size() <= BanRules.MOST) {
                bans.add(ban(in));
            }
            if (!in.hasToken(JsonToken.END_ARRAY)) {
                throw new IOException("it is not a list of at most " + BanRules.MOST + " bans");
            }
            expect(in, JsonToken.END_OBJECT);
            return bans;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void expect(JsonParser in, JsonToken token) throws IOException {
        if (in.nextToken() != token) {
            throw new IOException("it is not { \"bans\": [ ... ] }");
        }
    }

    private static Ban ban(JsonParser in) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            if (in.nextToken() != JsonToken.VALUE_STRING) {
                throw new IOException("the " + name + " of a ban is no text");
            }
            fields.put(name, in.getText());
        }
        String word = required(fields, "kind");
        BanKind kind = BanKind.of(word)
                .orElseThrow(() -> new IOException("the kind of a ban is one of " + BanKind.words() + ", not " + word));
        String until = fields.get("until");
        return new Ban(
                kind,
                BanRules.checked(kind, required(fields, "value")),
                fields.getOrDefault("by", ""),
                fields.getOrDefault("reason", ""),
                Instant.parse(required(fields, "at")),
                until == null ? null : Instant.parse(until));
    }

    private static String required(Map<String, String> fields, String name) throws IOException {
        String value = fields.get(name);
        if (value == null) {
            throw new IOException("a ban has no " + name);
        }
        return value;
    }

    void write(Collection<Ban> bans) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = new JsonFactory().createGenerator(bytes)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartObject();
            out.writeArrayFieldStart("bans");
            for (Ban ban : bans) {
                write(out, ban);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        DurableFile.replace(path, bytes.toByteArray());
    }

    private static void write(JsonGenerator out, Ban ban) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", ban.kind().word());
        out.writeStringField("value", ban.value());
        out.writeStringField("by", ban.by());
        out.writeStringField("reason", ban.reason());
        out.writeStringField("at", ban.at().toString());
        @Nullable Instant until = ban.until();
        if (until != null) {
            out.writeStringField("until", until.toString());
        }
        out.writeEndObject();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
