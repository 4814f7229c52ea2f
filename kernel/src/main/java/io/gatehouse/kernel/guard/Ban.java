package io.gatehouse.kernel.guard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may not connect.
 *
 * @param value who it is, as {@code kind} has it; an address in its shortest form
 * @param by who banned him: an operator's name, or {@code flapping}
 * @param reason for people; may be empty
 * @param until when the ban ends; null for never
 */
public record Ban(
        BanKind kind,
        String value,
        String by,
        String reason,
        Instant at,
        @Nullable Instant until) {
    boolean isOver(Instant now) {
        return until != null && !now.isBefore(until);
    }
}
