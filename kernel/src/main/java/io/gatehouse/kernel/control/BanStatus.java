package io.gatehouse.kernel.control;

import io.gatehouse.kernel.guard.Ban;
import java.time.Instant;

/**
 * One ban as the command line shows it.
 *
 * @param kind {@code client-id}, {@code username}, {@code address}, {@code client-id-re}, {@code username-re} or {@code identity}
 * @param by an operator, or {@code flapping}
 * @param at when it was made, ISO 8601 in UTC
 * @param until when it ends, ISO 8601 in UTC; empty for never
 */
public record BanStatus(String kind, String value, String by, String reason, String at, String until) {
    static BanStatus of(Ban ban) {
        Instant until = ban.until();
        return new BanStatus(
                ban.kind().word(),
                ban.value(),
                ban.by(),
                ban.reason(),
                ban.at().toString(),
                until == null ? "" : until.toString());
    }
}
