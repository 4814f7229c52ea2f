package io.gatehouse.kernel.transport;

import io.gatehouse.sdk.intercept.DeliveryInterceptor;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import java.util.List;

/** Which interceptors a benchmark's broker has. Those that there are forward everything as it is. */
public enum Chains {
    EMPTY {
        @Override
        EmbeddedBroker broker() {
            return new EmbeddedBroker(List.of(), List.of());
        }
    },
    PUBLISH {
        @Override
        EmbeddedBroker broker() {
            return new EmbeddedBroker(List.of(FORWARD_PUBLISH), List.of());
        }
    },
    DELIVERY {
        @Override
        EmbeddedBroker broker() {
            return new EmbeddedBroker(List.of(), List.of(FORWARD_DELIVERY));
        }
    };

    private static final PublishInterceptor FORWARD_PUBLISH = (client, message) -> Verdict.forward(message);
    private static final DeliveryInterceptor FORWARD_DELIVERY = (client, message) -> Verdict.forward(message);

    abstract EmbeddedBroker broker();
}
