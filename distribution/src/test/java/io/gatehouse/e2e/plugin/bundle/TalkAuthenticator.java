package io.gatehouse.e2e.plugin.bundle;

import io.gatehouse.sdk.auth.AuthExchange;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.AuthStep;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.auth.EnhancedAuthenticator;
import io.gatehouse.sdk.mqtt.Payload;
import org.osgi.service.component.annotations.Component;

/** A conversation: whoever greets is asked for a name, and accepted under it unless it is {@code mallory}. */
@Component(name = "auth-talk")
public final class TalkAuthenticator implements EnhancedAuthenticator {
    @Override
    public String method() {
        return "TALK";
    }

    @Override
    public AuthExchange begin(ConnectRequest request) {
        return TalkAuthenticator::next;
    }

    private static AuthStep next(Payload data) {
        return switch (data.asUtf8()) {
            case "hello" -> new AuthStep.Continue(Payload.ofUtf8("who are you?"));
            case "mallory" -> new AuthStep.Failure(AuthResult.reject("not you"));
            default -> new AuthStep.Success(AuthResult.accept().withUsername(data.asUtf8()), Payload.ofUtf8("welcome"));
        };
    }
}
