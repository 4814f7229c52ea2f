package io.gatehouse.sdk.testing.sample;

import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Secret;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Lets in who knows the word. */
@Component(name = "auth-door")
@Designate(ocd = DoorAuthenticator.Configuration.class)
public final class DoorAuthenticator implements Authenticator {
    /** The configuration. */
    @ObjectClassDefinition
    public @interface Configuration {
        /** The word. */
        String word() default "sesame";
    }

    private final Secret word;

    @Activate
    public DoorAuthenticator(Configuration configuration) {
        word = Secret.ofUtf8(configuration.word());
    }

    @Override
    public AuthResult authenticate(ConnectRequest request) {
        return word.equals(request.password()) ? AuthResult.accept() : AuthResult.reject("another word");
    }
}
