package io.gatehouse.kernel.model;

import io.gatehouse.kernel.fakes.RecordingLink;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Message;
import java.util.function.LongSupplier;

/** A connection that keeps what the broker sends until the model has looked at it; a message has what is left of its expiry. */
final class ModelLink extends RecordingLink {
    private final LongSupplier clock;

    ModelLink(Lane lane, LongSupplier clock) {
        super(lane);
        this.clock = clock;
    }

    @Override
    protected Message seen(Publication publication) {
        Message message = publication.message();
        long left = publication.remainingExpirySeconds(clock.getAsLong());
        return message.withProperties(message.properties().withExpirySeconds(left));
    }

    /** Nothing holds it: the model leaves memory and hand-over without limits. */
    @Override
    public void holdReading(boolean holds) {
        if (holds) {
            throw new AssertionError("a client is held though nothing is scarce");
        }
    }
}
