package io.gatehouse.sdk.auth;

import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What an authenticator decided. */
@ProviderType
public sealed interface AuthResult {

    /** Lets the client in under the user name it claimed. */
    static Accept accept() {
        return Accept.AS_CLAIMED;
    }

    /** Refuses the client with "bad user name or password". */
    static Reject reject(String explanation) {
        return new Reject(ReasonCode.BAD_USER_NAME_OR_PASSWORD, explanation);
    }

    /** Leaves the decision to the next authenticator. */
    static Abstain abstain() {
        return Abstain.INSTANCE;
    }

    /**
     * Lets the client in.
     *
     * @param username the identity from now on, null to keep the claimed one
     * @param clientId the client identifier from now on, null to keep the claimed one
     * @param attributes facts about the client for authorizers, interceptors and expressions
     * @param superuser true to pass over authorization
     * @param expiresAt when the permission ends and the client is disconnected, null for never
     * @param acl rules consulted before the configured authorization sources; when none matches, the sources decide
     */
    record Accept(
            @Nullable String username,
            @Nullable String clientId,
            Map<String, String> attributes,
            boolean superuser,
            @Nullable Instant expiresAt,
            List<AclRule> acl)
            implements AuthResult {

        private static final Accept AS_CLAIMED = new Accept(null, null, Map.of(), false, null, List.of());

        public Accept {
            attributes = Map.copyOf(attributes);
            acl = List.copyOf(acl);
        }

        /** The same with another user name. */
        public Accept withUsername(String replacement) {
            return new Accept(replacement, clientId, attributes, superuser, expiresAt, acl);
        }

        /** The same with another client identifier. */
        public Accept withClientId(String replacement) {
            return new Accept(username, replacement, attributes, superuser, expiresAt, acl);
        }

        /** The same with these attributes. */
        public Accept withAttributes(Map<String, String> replacement) {
            return new Accept(username, clientId, replacement, superuser, expiresAt, acl);
        }

        /** The same with or without the right to pass over authorization. */
        public Accept withSuperuser(boolean replacement) {
            return new Accept(username, clientId, attributes, replacement, expiresAt, acl);
        }

        /** The same until this moment. */
        public Accept withExpiresAt(Instant replacement) {
            return new Accept(username, clientId, attributes, superuser, replacement, acl);
        }

        /** The same with these rules. */
        public Accept withAcl(List<AclRule> replacement) {
            return new Accept(username, clientId, attributes, superuser, expiresAt, replacement);
        }
    }

    /**
     * Refuses the client and ends the chain.
     *
     * @param reason a failure that CONNACK may carry; older clients are told the nearest return code
     * @param explanation for the log, never sent to the client and without secrets
     */
    record Reject(ReasonCode reason, String explanation) implements AuthResult {
        public Reject {
            if (!reason.isFailure()) {
                throw new IllegalArgumentException(reason + " does not refuse");
            }
        }
    }

    /** No opinion. */
    record Abstain() implements AuthResult {
        private static final Abstain INSTANCE = new Abstain();
    }
}
