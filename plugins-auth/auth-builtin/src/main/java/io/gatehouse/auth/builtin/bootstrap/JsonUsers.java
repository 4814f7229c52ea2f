package io.gatehouse.auth.builtin.bootstrap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Reads users from a JSON array of objects. */
final class JsonUsers {
    private static final int MAX_DEPTH = 4;
    private static final int MAX_KEY_LENGTH = 64;

    private final String file;
    private final String text;
    private final UserList users;

    JsonUsers(String file, String text, UserList users) {
        this.file = file;
        this.text = text;
        this.users = users;
    }

    void read() throws BootstrapProblem {
        try (JsonParser parser = factory().createParser(text)) {
            array(parser);
        } catch (IOException e) {
            throw new BootstrapProblem(file, Place.START, "The file cannot be read as JSON.");
        }
    }

    /** The messages of the parser are not passed on: they repeat what stands in the file, perhaps a password. */
    private void array(JsonParser parser) throws IOException, BootstrapProblem {
        try {
            users(parser);
        } catch (StreamConstraintsException e) {
            throw problem(parser.currentLocation(), "A text here is too long or nested too deep.");
        } catch (StreamReadException e) {
            throw problem(parser.currentLocation(), "This is not valid JSON.");
        }
    }

    private void users(JsonParser parser) throws IOException, BootstrapProblem {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw problem(parser, "The file must hold a JSON array of users, such as [{\"user_id\": \"u1\", ...}].");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.hasToken(JsonToken.START_OBJECT)) {
                throw problem(parser, "Each user must be a JSON object.");
            }
            Place place = place(parser.currentTokenLocation());
            users.add(place, object(parser));
        }
        if (parser.nextToken() != null) {
            throw problem(parser, "After the array there must be nothing else.");
        }
    }

    private Map<Column, String> object(JsonParser parser) throws IOException, BootstrapProblem {
        Map<Column, String> fields = new EnumMap<>(Column.class);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Place place = place(parser.currentTokenLocation());
            Column column = Column.of(parser.currentName())
                    .orElseThrow(() ->
                            new BootstrapProblem(file, place, "This key is unknown; " + Column.ALL + " are known."));
            parser.nextToken();
            if (fields.put(column, value(column, parser)) != null) {
                throw new BootstrapProblem(file, place, "The key " + column.key() + " stands here twice.");
            }
        }
        return fields;
    }

    private String value(Column column, JsonParser parser) throws IOException, BootstrapProblem {
        boolean flag = column == Column.IS_SUPERUSER && parser.currentToken().isBoolean();
        if (!flag && !parser.hasToken(JsonToken.VALUE_STRING)) {
            throw problem(
                    parser,
                    "The value of " + column.key() + " must be a JSON string"
                            + (column == Column.IS_SUPERUSER ? " or true or false." : "."));
        }
        return parser.getText();
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNameLength(MAX_KEY_LENGTH)
                        .maxStringLength(CsvReader.MAX_FIELD_LENGTH)
                        .build())
                .build();
    }

    private BootstrapProblem problem(JsonParser parser, String sentence) {
        return problem(parser.currentTokenLocation(), sentence);
    }

    private BootstrapProblem problem(JsonLocation location, String sentence) {
        return new BootstrapProblem(file, place(location), sentence);
    }

    private static Place place(JsonLocation location) {
        return new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
