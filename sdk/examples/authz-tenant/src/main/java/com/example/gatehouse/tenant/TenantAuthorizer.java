package com.example.gatehouse.tenant;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.TopicFilters;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keeps tenants apart: {@code alice@acme} may use what is below {@code tenants/acme/}, and nothing of other tenants. */
@Component(name = "authz-tenant")
@Designate(ocd = TenantAuthorizer.Configuration.class)
public final class TenantAuthorizer implements Authorizer {
    @ObjectClassDefinition(name = "Tenants")
    @interface Configuration {
        @AttributeDefinition(description = "The topic level above the tenants", min = "1", max = "100")
        String root() default "tenants";
    }

    private final String root;

    @Activate
    public TenantAuthorizer(Configuration configuration) {
        root = configuration.root() + "/";
    }

    /** Called on an event loop: it only compares texts. */
    @Override
    public Decision decide(Client client, Action action) {
        String tenant = tenant(client);
        if (!tenant.isEmpty() && TopicFilters.covers(root + tenant + "/#", action.topic())) {
            return Decision.ALLOW;
        }
        // A filter such as "+/other/#" reaches into other tenants without naming the root.
        return TopicFilters.overlaps(root + "#", action.topic()) ? Decision.DENY : Decision.ABSTAIN;
    }

    private static String tenant(Client client) {
        String username = client.username() == null ? "" : client.username();
        String tenant = username.substring(username.indexOf('@') + 1);
        boolean named = tenant.length() < username.length();
        return named && tenant.chars().noneMatch(c -> c == '+' || c == '#' || c == '/') ? tenant : "";
    }
}
