package io.gatehouse.authz.acl.rule;

import static io.gatehouse.authz.acl.TestClient.alice;
import static io.gatehouse.authz.acl.TestClient.publish;
import static io.gatehouse.authz.acl.TestClient.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
    @Test
    void decidingAllocatesNothingWithoutPlaceholderRegexAndAddress() {
        RuleSet rules = Rules.of("""
                {deny, {'and', [{username, "mallory"}, {client_attr, "tenant", "acme"}]}, all, all}.
                {allow, {clientid, "c1"}, {publish, [{qos, 1}]}, ["a/+/c"]}.
                {deny, all, subscribe, ["$SYS/#", {eq, "#"}]}.
                {deny, all, all, ["x/y/#", "z/+"]}.
                {allow, all, all, ["a/#"]}.
                """);
        Client client = alice().client();
        Action publication = publish("a/b/c");
        Action subscription = subscribe("a/+/c");
        int allowed = ask(rules, client, publication, subscription, 1_000);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        allowed += ask(rules, client, publication, subscription, 10_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allowed).isEqualTo(22_000);
        // One byte for each decision would already be 20,000; what is left is the measuring itself.
        assertThat(allocated).isLessThan(10_000);
    }

    private static int ask(RuleSet rules, Client client, Action one, Action other, int times) {
        int allowed = 0;
        for (int i = 0; i < times; i++) {
            allowed += rules.decide(client, one) == Decision.ALLOW ? 1 : 0;
            allowed += rules.decide(client, other) == Decision.ALLOW ? 1 : 0;
        }
        return allowed;
    }
}
