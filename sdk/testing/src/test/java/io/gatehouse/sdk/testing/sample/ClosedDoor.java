package io.gatehouse.sdk.testing.sample;

import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.ReasonCode;
import org.osgi.service.component.annotations.Component;

/** What {@link DoorAuthenticator} might be in its next version. */
public final class ClosedDoor {
    private ClosedDoor() {}

    /** Lets nobody in. */
    @Component(name = "auth-door")
    public static final class NextVersion implements Authenticator {
        @Override
        public AuthResult authenticate(ConnectRequest request) {
            return new AuthResult.Reject(ReasonCode.BANNED, "closed");
        }
    }
}
