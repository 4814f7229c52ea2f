package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class LiveRevocationTest {
    private static final Client CLIENT = Requests.client(false);

    private final LiveRevocation revocation = new LiveRevocation();
    private final List<String> heard = new ArrayList<>();

    LiveRevocationTest() {
        revocation.addListener(new PolicyListener() {
            @Override
            public void changedFor(Predicate<Client> affected) {
                heard.add("changed " + affected.test(CLIENT) + " in generation " + revocation.generation());
            }

            @Override
            public void revoked(Predicate<Client> revoked) {
                heard.add("revoked " + revoked.test(CLIENT) + " in generation " + revocation.generation());
            }
        });
    }

    @Test
    void makesOldDecisionsInvalidBeforeAnybodyHears() {
        revocation.changedForAll();
        revocation.changedFor(client -> false);
        revocation.revoked(client -> client.clientId().equals("claimed-id"));
        assertThat(heard)
                .containsExactly(
                        "changed true in generation 1",
                        "changed false in generation 2",
                        "revoked true in generation 3");
    }

    @Test
    void takesAClientToBeConcernedWhenThePluginsPredicateFails() {
        revocation.changedFor(client -> {
            throw new IllegalStateException("broken");
        });
        revocation.revoked(client -> {
            throw new NoClassDefFoundError("broken");
        });
        assertThat(heard).containsExactly("changed true in generation 1", "revoked true in generation 2");
    }
}
