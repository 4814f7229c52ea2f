package io.gatehouse.kernel.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.gatehouse.sdk.mqtt.Secret;
import java.io.IOException;

/**
 * Requests and answers as lines of JSON. Both sides create it when they need it and not earlier: building the mapper costs a tenth of a
 * second on a cold virtual machine, which a broker that starts should not spend.
 */
final class ControlJson {
    /** The longest request, in bytes. A password and a name are far shorter. */
    static final int MAX_REQUEST = 64 * 1024;

    /** The longest answer, in bytes: 100,000 clients. */
    static final int MAX_ANSWER = 64 * 1024 * 1024;

    private static final int MAX_DEPTH = 8;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_ANSWER)
                            .build())
                    .build())
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(new SecretWriter())
                    .addDeserializer(Secret.class, new SecretReader()))
            .build();

    byte[] write(ControlRequest request) throws JsonProcessingException {
        return line(mapper.writerFor(ControlRequest.class).writeValueAsBytes(request));
    }

    byte[] write(ControlAnswer answer) throws JsonProcessingException {
        return line(mapper.writerFor(ControlAnswer.class).writeValueAsBytes(answer));
    }

    ControlRequest request(byte[] line) throws IOException {
        return mapper.readerFor(ControlRequest.class).readValue(line);
    }

    /** A newer broker may say more than this program knows; a missing value is an error all the same. */
    ControlAnswer answer(byte[] line) throws IOException {
        return mapper.readerFor(ControlAnswer.class)
                .without(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .readValue(line);
    }

    private static byte[] line(byte[] json) {
        byte[] line = new byte[json.length + 1];
        System.arraycopy(json, 0, line, 0, json.length);
        line[json.length] = '\n';
        return line;
    }

    private static final class SecretWriter extends StdSerializer<Secret> {
        SecretWriter() {
            super(Secret.class);
        }

        @Override
        public void serialize(Secret secret, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(secret.asUtf8());
        }
    }

    private static final class SecretReader extends StdDeserializer<Secret> {
        SecretReader() {
            super(Secret.class);
        }

        @Override
        public Secret deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
                return (Secret) context.handleUnexpectedToken(Secret.class, in);
            }
            return Secret.ofUtf8(in.getText());
        }
    }
}
