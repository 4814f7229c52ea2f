package com.example.gatehouse.key;

import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.plugin.Capabilities;
import io.gatehouse.sdk.plugin.Capability;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Lets in devices whose password was made from their client identifier and the key of the fleet. No password is stored anywhere. */
@Capabilities(Capability.SECRETS)
@Component(name = "auth-device-key")
@Designate(ocd = DeviceKeyAuthenticator.Configuration.class)
public final class DeviceKeyAuthenticator implements Authenticator {
    @ObjectClassDefinition(name = "Device keys")
    @interface Configuration {
        @AttributeDefinition(type = AttributeType.PASSWORD, description = "The fleet's key, at least 16 characters", min = "16")
        String fleetKey();
    }

    private final SecretKeySpec key;

    @Activate
    public DeviceKeyAuthenticator(Configuration configuration) {
        key = new SecretKeySpec(Secret.ofUtf8(configuration.fleetKey()).toByteArray(), "HmacSHA256");
    }

    @Override
    public AuthResult authenticate(ConnectRequest request) throws GeneralSecurityException {
        if (request.password() == null) {
            return AuthResult.abstain(); // not a device; perhaps somebody else knows this client
        }
        Secret expected = Secret.ofUtf8(password(request.client().clientId()));
        return expected.equals(request.password()) // in constant time
                ? AuthResult.accept().withUsername(request.client().clientId())
                : AuthResult.reject("the password was not made with the key of this fleet");
    }

    private String password(String clientId) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(key.getAlgorithm()); // one for each call: calls run at the same time
        mac.init(key);
        return HexFormat.of().formatHex(mac.doFinal(Secret.ofUtf8(clientId).toByteArray()));
    }
}
