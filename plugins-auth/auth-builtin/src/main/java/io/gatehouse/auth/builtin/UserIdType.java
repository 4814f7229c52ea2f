package io.gatehouse.auth.builtin;

import io.gatehouse.sdk.mqtt.Client;
import java.util.Optional;

/** What identifies a user: the user name or the client identifier of CONNECT. */
enum UserIdType {
    USERNAME {
        @Override
        Optional<String> of(Client client) {
            return Optional.ofNullable(client.username());
        }
    },
    CLIENTID {
        @Override
        Optional<String> of(Client client) {
            return Optional.of(client.clientId());
        }
    };

    /** The user id of this client; empty when it sent none. */
    abstract Optional<String> of(Client client);
}
