package io.gatehouse.kernel.config;

import io.gatehouse.kernel.topic.NameTemplate;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that each client gets when it connects.
 *
 * @param filter the topic filter, perhaps with the client's names in it
 * @param options the other options; its own filter is the template as text
 */
public record AutoSubscription(NameTemplate filter, Subscription options) {
    /** The subscription of this client; empty when it has no usable name where the filter needs one. */
    public Optional<Subscription> of(String clientId, @Nullable String username) {
        return Optional.ofNullable(filter.fill(clientId, username)).map(options::withFilter);
    }
}
