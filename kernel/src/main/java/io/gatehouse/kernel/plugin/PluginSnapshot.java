package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.payload.ConnectChain;
import io.gatehouse.kernel.payload.DeliveryChain;
import io.gatehouse.kernel.payload.PublishChain;
import io.gatehouse.kernel.payload.SubscribeChain;
import io.gatehouse.kernel.security.AuthenticationChain;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.event.ClientListener;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.plugin.PluginHealth;
import io.gatehouse.sdk.users.UserDirectory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all modules together offered at one moment, in the configured order.
 *
 * @param generation grows with every snapshot
 * @param clientListeners sorted by module name
 * @param messageListeners sorted by module name
 * @param users of the first module in {@code authentication.chain} that has some, else of the first by name
 * @param health by module name
 */
public record PluginSnapshot(
        long generation,
        AuthenticationChain authentication,
        AuthorizationChain authorization,
        ConnectChain connect,
        PublishChain publish,
        SubscribeChain subscribe,
        DeliveryChain delivery,
        List<Gate<ClientListener>> clientListeners,
        List<Gate<MessageListener>> messageListeners,
        Optional<UserDirectory> users,
        Map<String, PluginHealth> health) {

    public PluginSnapshot {
        clientListeners = List.copyOf(clientListeners);
        messageListeners = List.copyOf(messageListeners);
        health = Map.copyOf(health);
    }

    /**
     * Two chains, and nothing else that modules can offer.
     *
     * @param deadline of the chains in which there is nobody
     */
    public static PluginSnapshot withoutInterceptors(
            long generation, AuthenticationChain authentication, AuthorizationChain authorization, Duration deadline) {
        return new PluginSnapshot(
                generation,
                authentication,
                authorization,
                new ConnectChain(List.of(), deadline),
                new PublishChain(List.of(), deadline),
                new SubscribeChain(List.of(), deadline),
                new DeliveryChain(List.of(), deadline),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of());
    }
}
