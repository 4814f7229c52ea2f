package com.example.gatehouse.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.testing.GatehouseExtension;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChallengeAuthenticatorTest {
    @RegisterExtension
    static final GatehouseExtension broker = GatehouseExtension.forPlugin(ChallengeAuthenticator.class)
            .configuration("auth-challenge.shared-secret = \"known to both sides\"")
            .build();

    @Test
    void letsInWhoKnowsTheSecret() {
        assertEquals(ReasonCode.SUCCESS, attempt("known to both sides"));
    }

    @Test
    void refusesWhoDoesNot() {
        assertEquals(ReasonCode.BAD_USER_NAME_OR_PASSWORD, attempt("known to nobody else"));
    }

    @Test
    void refusesWhoDoesNotTalk() {
        assertEquals(true, broker.client("c").login("alice", "password").attempt().isFailure());
    }

    private static ReasonCode attempt(String secret) {
        return broker.client("c")
                .enhanced("CHALLENGE", Payload.EMPTY, challenge -> response(secret, challenge))
                .attempt();
    }

    private static Payload response(String secret, Payload challenge) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Payload.ofUtf8(secret).toByteArray(), "HmacSHA256"));
            return Payload.ofOwned(mac.doFinal(challenge.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
