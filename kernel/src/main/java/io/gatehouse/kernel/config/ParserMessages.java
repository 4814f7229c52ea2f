package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigException;

/** Turns the parser's messages into ours. */
final class ParserMessages {
    private static final String GENERAL =
            "this is not valid HOCON: put texts with special characters in double quotes and check braces and brackets";

    private ParserMessages() {}

    /**
     * What the parser says, without the place and without its advice on other formats.
     *
     * @param line the line it speaks of; when that holds a secret, the parser's message may quote it and is not repeated
     */
    static String plain(ConfigException e, String line) {
        String message = e.getMessage();
        if (message == null || message.isBlank() || Secrets.mentionedIn(line) || quotesValues(message)) {
            return GENERAL;
        }
        if (e.origin() != null && message.startsWith(e.origin().description() + ": ")) {
            message = message.substring(e.origin().description().length() + 2);
        }
        int advice = message.indexOf(" (if you ");
        return "this is not valid HOCON: " + (advice < 0 ? message : message.substring(0, advice)).strip();
    }

    /** Complaints about values that do not go together hold the values, from whatever lines they come. */
    private static boolean quotesValues(String message) {
        return message.contains("SimpleConfig") || message.contains("ConfigString");
    }
}
