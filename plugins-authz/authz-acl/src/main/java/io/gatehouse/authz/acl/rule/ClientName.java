package io.gatehouse.authz.acl.rule;

import io.gatehouse.sdk.mqtt.Client;
import org.jspecify.annotations.Nullable;

/** A name that a client goes by: what rules compare and placeholders stand for. */
sealed interface ClientName {
    /**
     * The name of this client, null when it has none.
     *
     * @param commonName the common name of its certificate, worked out beforehand because that is slow
     */
    @Nullable
    String of(Client client, @Nullable String commonName);

    /** The user name. */
    record Username() implements ClientName {
        @Override
        public @Nullable String of(Client client, @Nullable String commonName) {
            return client.username();
        }
    }

    /** The client identifier. */
    record ClientId() implements ClientName {
        @Override
        public String of(Client client, @Nullable String commonName) {
            return client.clientId();
        }
    }

    /** The common name of the client's certificate. */
    record CertificateCommonName() implements ClientName {
        @Override
        public @Nullable String of(Client client, @Nullable String commonName) {
            return commonName;
        }
    }

    /** An attribute that the authenticator gave to the client. */
    record Attribute(String key) implements ClientName {
        @Override
        public @Nullable String of(Client client, @Nullable String commonName) {
            return client.attributes().get(key);
        }
    }
}
