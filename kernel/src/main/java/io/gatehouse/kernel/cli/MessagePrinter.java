package io.gatehouse.kernel.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.sdk.mqtt.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints received messages: the bytes as they are for pipes, harmless text for a terminal, or a JSON object on each line. */
final class MessagePrinter {
    private final OutputStream out;
    private final boolean interactive;
    private final OutputOption.Format format;
    private final boolean verbose;
    private final JsonMapper json = new JsonMapper();

    MessagePrinter(Shell shell, OutputOption.Format format, boolean verbose) {
        this.out = shell.rawOut();
        this.interactive = shell.terminal().interactive();
        this.format = format;
        this.verbose = verbose;
    }

    void print(Message message) throws IOException {
        switch (format) {
            case TEXT -> text(message);
            case JSON -> out.write(json.writeValueAsBytes(fields(message)));
        }
        out.write('\n');
        out.flush();
    }

    private void text(Message message) throws IOException {
        if (verbose) {
            out.write((Plain.text(message.topic()) + " ").getBytes(StandardCharsets.UTF_8));
        }
        byte[] payload = message.payload().toByteArray();
        out.write(interactive ? Plain.text(message.payload().asUtf8()).getBytes(StandardCharsets.UTF_8) : payload);
    }

    private static Map<String, Object> fields(Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", message.topic());
        fields.put("qos", message.qos().level());
        fields.put("retain", message.retain());
        byte[] payload = message.payload().toByteArray();
        try {
            fields.put(
                    "payload",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(payload))
                            .toString());
        } catch (CharacterCodingException binary) {
            fields.put("payloadBase64", Base64.getEncoder().encodeToString(payload));
        }
        return fields;
    }
}
