package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.kernel.security.AuthStepOutcome;
import io.gatehouse.kernel.security.EnhancedStart;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.security.Permission;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.event.ClientListener;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One plugin for each role of the SDK, in one bundle; each must arrive where the kernel asks for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginRolesTest {
    private HostFixture fixture;

    @BeforeAll
    void startWithAllRoles(@TempDir Path folder) throws PluginHostException {
        fixture = new HostFixture(
                folder,
                new Configs()
                        .authentication("auth-one", "auth-talk")
                        .authorization("authz-quick", "authz-slow")
                        .interceptors("all-ears")
                        .build());
        new PluginJar("acme.roles")
                .source("One", """
                    @Component(name = "auth-one") public class One implements Authenticator {
                      public AuthResult authenticate(ConnectRequest r) { return AuthResult.accept().withUsername("one"); } }
                    """)
                .source("Talk", """
                    @Component(name = "auth-talk") public class Talk implements EnhancedAuthenticator {
                      public String method() { return "TALK"; }
                      public AuthExchange begin(ConnectRequest r) {
                        return data -> data.isEmpty() ? new AuthStep.Continue(Payload.ofUtf8("who?"))
                            : new AuthStep.Success(AuthResult.accept().withUsername(data.asUtf8()), Payload.EMPTY); } }
                    """)
                .source("Quick", """
                    @Component(name = "authz-quick") public class Quick implements Authorizer {
                      public Decision decide(Client c, Action a) {
                        return a.topic().startsWith("q/") ? Decision.ALLOW : Decision.ABSTAIN; } }
                    """)
                .source("Slow", """
                    @Component(name = "authz-slow") @Blocking public class Slow implements Authorizer {
                      public Decision decide(Client c, Action a) { return Decision.ALLOW; } }
                    """)
                .source("Ears", """
                    @Component(name = "all-ears") public class Ears implements
                        ConnectInterceptor, PublishInterceptor, SubscribeInterceptor, DeliveryInterceptor {
                      public Verdict<ConnectRequest> onConnect(ConnectRequest r) {
                        return Verdict.reject(ReasonCode.BANNED, "heard"); }
                      public Verdict<Message> onPublish(Client c, Message m) { return Verdict.forward(m.withTopic("pub")); }
                      public Verdict<Subscription> onSubscribe(Client c, Subscription s) {
                        return Verdict.forward(s.withFilter("sub")); }
                      public Verdict<Message> onDeliver(Client c, Message m) {
                        return Verdict.forward(m.withPayload(Payload.ofUtf8("del"))); } }
                    """)
                .source("Listeners", """
                    @Component(name = "watcher") public class Listeners implements ClientListener, MessageListener {}
                    """)
                .source("Users", """
                    @Component(name = "users") public class Users implements UserDirectory, PluginHealth {
                      public boolean add(String u, Secret p, boolean s) { return true; }
                      public boolean changePassword(String u, Secret p) { return true; }
                      public boolean remove(String u) { return true; }
                      public List<User> list(String after, int limit) { return List.of(new User("bob", false)); }
                      public Status health() { return new Status.Up(); } }
                    """)
                .into(fixture.plugins);
        fixture.start();
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    private PluginSnapshot snapshot() {
        return fixture.host.plugins().current();
    }

    @Test
    void asksTheAuthenticator() {
        assertThat(fixture.authenticate()).isInstanceOfSatisfying(AuthOutcome.Accepted.class, accepted -> {
            assertThat(accepted.client().username()).isEqualTo("one");
            assertThat(accepted.module()).isEqualTo("auth-one");
        });
    }

    @Test
    void holdsAConversationWithTheEnhancedAuthenticator() {
        EnhancedStart start = snapshot().authentication().beginEnhanced(HostFixture.REQUEST, "TALK");
        assertThat(start).isInstanceOfSatisfying(EnhancedStart.Started.class, started -> {
            assertThat(started.conversation().next(Payload.EMPTY)).isInstanceOf(AuthStepOutcome.Continue.class);
            assertThat(started.conversation().next(Payload.ofUtf8("carol")))
                    .isInstanceOfSatisfying(
                            AuthStepOutcome.Done.class,
                            done -> assertThat(done.accepted().client().username())
                                    .isEqualTo("carol"));
            started.conversation().close();
        });
    }

    @Test
    void asksTheAuthorizersAndKnowsWhichOneMayBlock() {
        Action quick = new Action.Publish("q/1", Qos.AT_MOST_ONCE, false);
        Action slow = new Action.Publish("s/1", Qos.AT_MOST_ONCE, false);
        // However busy the machine is, there will be enough quick calls in a row for the end of the probation.
        await().pollDelay(Duration.ZERO).until(() -> {
            assertThat(snapshot().authorization().decideBlocking(HostFixture.CLIENT, List.of(), quick))
                    .isEqualTo(Permission.ALLOWED);
            return snapshot().authorization().decideOnLane(HostFixture.CLIENT, List.of(), quick, new LaneSlot(0))
                    == Permission.ALLOWED;
        });
        assertThat(snapshot().authorization().decideOnLane(HostFixture.CLIENT, List.of(), slow, new LaneSlot(0)))
                .isEqualTo(Permission.UNDECIDED);
        assertThat(snapshot().authorization().decideBlocking(HostFixture.CLIENT, List.of(), slow))
                .isEqualTo(Permission.ALLOWED);
    }

    @Test
    void asksTheFourInterceptors() {
        Message message = Message.of("t", Payload.EMPTY);
        assertThat(snapshot().connect().applyBlocking(HostFixture.REQUEST))
                .isEqualTo(Verdict.reject(ReasonCode.BANNED, "heard"));
        assertThat(snapshot().publish().applyBlocking(HostFixture.CLIENT, message))
                .isEqualTo(Verdict.forward(message.withTopic("pub")));
        Subscription subscription = Subscription.of("f", Qos.AT_MOST_ONCE);
        assertThat(snapshot().subscribe().applyBlocking(HostFixture.CLIENT, subscription))
                .isEqualTo(Verdict.forward(subscription.withFilter("sub")));
        assertThat(snapshot().delivery().applyBlocking(HostFixture.CLIENT, message))
                .isEqualTo(Verdict.forward(message.withPayload(Payload.ofUtf8("del"))));
    }

    @Test
    void findsListenersThatNoChainNames() {
        assertThat(snapshot().clientListeners())
                .singleElement()
                .satisfies(gate -> assertThat(gate.service()).isInstanceOf(ClientListener.class))
                .extracting(Gate::name)
                .isEqualTo("watcher");
        assertThat(snapshot().messageListeners())
                .singleElement()
                .satisfies(gate -> assertThat(gate.service()).isInstanceOf(MessageListener.class));
    }

    @Test
    void findsUsersAndHealth() {
        assertThat(snapshot().users().orElseThrow().list("", 10)).hasSize(1);
        assertThat(snapshot().health()).containsOnlyKeys("users");
    }

    @Test
    void listsEveryModuleAsActive() {
        assertThat(fixture.host.plugins().modules())
                .extracting(ModuleInfo::name)
                .containsExactly("all-ears", "auth-one", "auth-talk", "authz-quick", "authz-slow", "users", "watcher");
        assertThat(fixture.host.plugins().modules()).allSatisfy(module -> {
            assertThat(module.state()).isEqualTo(ModuleInfo.State.ACTIVE);
            assertThat(module.bundle()).isEqualTo("acme.roles");
            assertThat(module.version()).isEqualTo("1.0.0");
        });
        assertThat(fixture.module("users").roles()).containsExactly("PluginHealth", "UserDirectory");
    }

    @Test
    void countsCalls() {
        long before = fixture.module("auth-one").calls();
        fixture.authenticate();
        assertThat(fixture.module("auth-one").calls()).isEqualTo(before + 1);
    }
}
