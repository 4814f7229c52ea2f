package io.gatehouse.e2e.plugin.bundle;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.plugin.Blocking;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Component;

/** Decides about what is below {@code slow/}, and may block. */
@Component(name = "authz-slow")
@Blocking
public final class SlowAuthorizer implements Authorizer {
    @Override
    public Decision decide(Client client, Action action) throws InterruptedException {
        if (action.topic().equals("slow/hangs")) {
            new CountDownLatch(1).await();
        }
        boolean virtual = Thread.currentThread().isVirtual(); // a blocking module is never called on a lane
        return action.topic().startsWith("slow/denied") || !virtual ? Decision.DENY : Decision.ABSTAIN;
    }
}
