package com.example.gatehouse.challenge;

import io.gatehouse.sdk.auth.AuthExchange;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.AuthStep;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.auth.EnhancedAuthenticator;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.plugin.Capabilities;
import io.gatehouse.sdk.plugin.Capability;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Challenge and response in AUTH packets: the secret never crosses the wire. */
@Capabilities(Capability.SECRETS)
@Component(name = "auth-challenge")
@Designate(ocd = ChallengeAuthenticator.Configuration.class)
public final class ChallengeAuthenticator implements EnhancedAuthenticator {
    @ObjectClassDefinition(name = "Challenge and response")
    @interface Configuration {
        @AttributeDefinition(type = AttributeType.PASSWORD, description = "What broker and clients know", min = "16")
        String sharedSecret();
    }

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    @Activate
    public ChallengeAuthenticator(Configuration configuration) {
        key = new SecretKeySpec(Payload.ofUtf8(configuration.sharedSecret()).toByteArray(), "HmacSHA256");
    }

    @Override
    public String method() {
        return "CHALLENGE";
    }

    @Override
    public AuthExchange begin(ConnectRequest request) {
        byte[] challenge = new byte[32]; // another one for each conversation
        random.nextBytes(challenge);
        return data -> data.isEmpty() ? new AuthStep.Continue(Payload.copyOf(challenge)) : judge(challenge, data);
    }

    private AuthStep judge(byte[] challenge, Payload response) throws Exception {
        Mac mac = Mac.getInstance(key.getAlgorithm());
        mac.init(key);
        return MessageDigest.isEqual(mac.doFinal(challenge), response.toByteArray())
                ? new AuthStep.Success(AuthResult.accept(), Payload.EMPTY)
                : new AuthStep.Failure(AuthResult.reject("wrong response"));
    }
}
