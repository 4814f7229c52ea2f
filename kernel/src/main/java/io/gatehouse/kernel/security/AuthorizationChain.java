package io.gatehouse.kernel.security;

import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a client may publish and subscribe to: superuser, then the rules its authenticator gave it, then the modules of
 * {@code authorization.sources} in that order, then {@code authorization.no-match}.
 *
 * <p>A source that is absent or fails refuses: what it would have denied must not slip through to the next. Immutable; any number of
 * threads at a time.
 */
public final class AuthorizationChain {
    private final List<Gate<Authorizer>> sources;
    private final Permission noMatch;
    private final Duration deadline;

    /**
     * @param allowNoMatch true to allow what nobody has an opinion about
     * @param deadline for each call of a source
     */
    public AuthorizationChain(List<Gate<Authorizer>> sources, boolean allowNoMatch, Duration deadline) {
        this.sources = List.copyOf(sources);
        this.noMatch = allowNoMatch ? Permission.ALLOWED : Permission.DENIED;
        this.deadline = deadline;
    }

    /** True when the other chain consists of the same services in the same order and says the same when they have no opinion. */
    @SuppressWarnings("ReferenceEquality") // a restarted service may judge otherwise
    public boolean asksTheSameAs(AuthorizationChain other) {
        boolean same = noMatch == other.noMatch && sources.size() == other.sources.size();
        for (int i = 0; same && i < sources.size(); i++) {
            same = sources.get(i).service() == other.sources.get(i).service();
        }
        return same;
    }

    /** True when one of the sources may not be called on a lane now: then {@link #decideOnLane} may be undecided. */
    public boolean isBlocking() {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).service() != null && sources.get(i).isOffLane()) {
                return true;
            }
        }
        return false;
    }

    /** The first source that is absent, which is where {@link Permission#ABSENT} comes from; null when all are there. */
    public @Nullable Gate<Authorizer> hole() {
        return sources.stream()
                .filter(source -> source.service() == null)
                .findFirst()
                .orElse(null);
    }

    /**
     * Decides on the lane; never blocks, never throws. {@link Permission#UNDECIDED} means: {@link #decideBlocking} must be asked.
     *
     * @param lane of the calling thread
     */
    public Permission decideOnLane(Client client, List<AclRule> acl, Action action, LaneSlot lane) {
        return decide(client, acl, action, lane);
    }

    /** Decides on a virtual thread; blocks up to the deadline for each source. Never undecided, never throws. */
    public Permission decideBlocking(Client client, List<AclRule> acl, Action action) {
        return decide(client, acl, action, null);
    }

    private Permission decide(Client client, List<AclRule> acl, Action action, @Nullable LaneSlot lane) {
        if (client.superuser()) {
            return Permission.ALLOWED;
        }
        Decision decision = AclRules.decide(acl, action);
        for (int i = 0; decision == Decision.ABSTAIN && i < sources.size(); i++) {
            Gate<Authorizer> source = sources.get(i);
            Authorizer authorizer = source.service();
            if (authorizer == null) {
                return Permission.ABSENT;
            }
            if (lane != null && source.isOffLane()) {
                return Permission.UNDECIDED;
            }
            try {
                decision = ask(source, authorizer, client, action, lane);
            } catch (GateFailure failure) {
                return Permission.UNAVAILABLE;
            }
        }
        return switch (decision) {
            case ALLOW -> Permission.ALLOWED;
            case DENY -> Permission.DENIED;
            case ABSTAIN -> noMatch;
        };
    }

    private Decision ask(
            Gate<Authorizer> source, Authorizer authorizer, Client client, Action action, @Nullable LaneSlot lane)
            throws GateFailure {
        Decision decision = lane == null
                ? GateCall.onProbation(deadline, source, () -> authorizer.decide(client, action))
                : GateCall.direct(deadline, source, lane, () -> authorizer.decide(client, action));
        if (decision == Decision.DENY) {
            source.meter().refused();
        }
        return decision;
    }
}
