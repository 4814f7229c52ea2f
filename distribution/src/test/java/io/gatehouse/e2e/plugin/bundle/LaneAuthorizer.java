package io.gatehouse.e2e.plugin.bundle;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import org.osgi.service.component.annotations.Component;

/** Decides about what is below {@code lane/}, on the lane. */
@Component(name = "authz-lane")
public final class LaneAuthorizer implements Authorizer {
    @Override
    public Decision decide(Client client, Action action) {
        return switch (action.topic()) {
            case "lane/denied" -> Decision.DENY;
            case "lane/throws" -> throw new IllegalStateException("as asked for");
            case "lane/tenant" -> "acme".equals(client.attributes().get("tenant")) ? Decision.ALLOW : Decision.DENY;
            default -> Decision.ABSTAIN;
        };
    }
}
