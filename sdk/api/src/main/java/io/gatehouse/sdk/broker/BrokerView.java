package io.gatehouse.sdk.broker;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A read-only look at the broker. Offered by the kernel as a service; any thread may call, and no call blocks. */
@ProviderType
public interface BrokerView {
    /** When the broker began to listen. */
    Instant startedAt();

    /** The counters at this moment. */
    Statistics statistics();

    /**
     * Sessions, connected or not, in no particular order; a snapshot.
     *
     * @param limit at most this many, 1 to 100,000
     */
    List<SessionInfo> sessions(int limit);

    /** The session of this client. */
    Optional<SessionInfo> session(String clientId);

    /** The modules that the kernel knows, sorted by name. */
    List<ModuleInfo> modules();
}
