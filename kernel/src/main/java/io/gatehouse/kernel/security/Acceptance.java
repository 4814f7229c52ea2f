package io.gatehouse.kernel.security;

import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.TopicFilters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns a module's accept into the client's identity, or refuses it. An accept that cannot be carried out exactly as the module said
 * it (a name that MQTT cannot carry, a rule that no topic can match) is a failure of the module: carrying out a part of it could let
 * somebody in under a wrong name or lose a denial.
 */
final class Acceptance {
    private static final int LONGEST_STRING = 65_535;

    private final InstantSource clock;

    Acceptance(InstantSource clock) {
        this.clock = clock;
    }

    /** The result itself, to be looked at within the module's call, so that what cannot be carried out counts as its failure. */
    static @Nullable AuthResult possible(@Nullable AuthResult result) throws GateFailure {
        if (result instanceof AuthResult.Accept accept) {
            require(accept);
        }
        return result;
    }

    /** Refuses an accept that cannot be carried out. */
    static void require(AuthResult.Accept accept) throws GateFailure {
        String problem = problem(accept);
        if (problem != null) {
            throw new GateFailure(problem);
        }
    }

    /** What an accept that is possible means for the client that asked. */
    AuthOutcome judge(Client claimed, AuthResult.Accept accept, Gate<?> gate) {
        Instant expiresAt = accept.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
            gate.meter().refused();
            return new AuthOutcome.Refused(
                    ReasonCode.NOT_AUTHORIZED, "the permission expired at " + expiresAt, gate.name());
        }
        return new AuthOutcome.Accepted(identity(claimed, accept), accept, gate.name());
    }

    /**
     * Attributes and the superuser right are what this accept says and nothing else: at a re-authentication the client carries those of
     * an earlier accept, and what is not granted again has ended.
     */
    private static Client identity(Client claimed, AuthResult.Accept accept) {
        String clientId = accept.clientId();
        String username = accept.username();
        return new Client(
                clientId == null ? claimed.clientId() : clientId,
                username == null ? claimed.username() : username,
                claimed.version(),
                claimed.peer(),
                claimed.listener(),
                claimed.certificates(),
                accept.attributes(),
                accept.superuser());
    }

    private static @Nullable String problem(AuthResult.Accept accept) {
        String clientId = accept.clientId();
        if (clientId != null && (clientId.isEmpty() || !isMqttString(clientId))) {
            return "it gave a client identifier that is empty, longer than 65,535 bytes or not valid UTF-8 text";
        }
        String username = accept.username();
        if (username != null && !isMqttString(username)) {
            return "it gave a user name that is longer than 65,535 bytes or not valid UTF-8 text";
        }
        for (AclRule rule : accept.acl()) {
            if (rule.topicFilter() == null
                    || rule.retain() == null
                    || !TopicFilters.isValidFilter(rule.topicFilter())) {
                return "it gave an access rule without a valid topic filter";
            }
        }
        return null;
    }

    /** MQTT 5.0 section 1.5.4: at most 65,535 bytes of UTF-8, neither U+0000 nor half a surrogate pair. */
    private static boolean isMqttString(String text) {
        return text.length() <= LONGEST_STRING
                && text.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_STRING;
    }
}
