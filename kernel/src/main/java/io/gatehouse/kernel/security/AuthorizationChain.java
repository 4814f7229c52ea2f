package io.gatehouse.kernel.security;

import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Client;
import java.time.Duration;
import java.util.List;

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
     * @param deadline for each call of a source that may block
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

    /** True when one of the sources may block: then {@link #decideOnLane} may be undecided. */
    public boolean isBlocking() {
        return sources.stream().anyMatch(Gate::blocking);
    }

    /** Decides on the lane; never blocks, never throws. {@link Permission#UNDECIDED} means: {@link #decideBlocking} must be asked. */
    public Permission decideOnLane(Client client, List<AclRule> acl, Action action) {
        return decide(client, acl, action, false);
    }

    /** Decides on a virtual thread; blocks up to the deadline for each source that may block. Never undecided, never throws. */
    public Permission decideBlocking(Client client, List<AclRule> acl, Action action) {
        return decide(client, acl, action, true);
    }

    private Permission decide(Client client, List<AclRule> acl, Action action, boolean mayBlock) {
        if (client.superuser()) {
            return Permission.ALLOWED;
        }
        Decision decision = AclRules.decide(acl, action);
        for (int i = 0; decision == Decision.ABSTAIN && i < sources.size(); i++) {
            Gate<Authorizer> source = sources.get(i);
            Authorizer authorizer = source.service();
            if (authorizer == null) {
                return Permission.UNAVAILABLE;
            }
            if (source.blocking() && !mayBlock) {
                return Permission.UNDECIDED;
            }
            try {
                decision = ask(source, authorizer, client, action);
            } catch (GateFailure failure) {
                source.meter().failed(failure);
                return Permission.UNAVAILABLE;
            }
        }
        return switch (decision) {
            case ALLOW -> Permission.ALLOWED;
            case DENY -> Permission.DENIED;
            case ABSTAIN -> noMatch;
        };
    }

    private Decision ask(Gate<Authorizer> source, Authorizer authorizer, Client client, Action action)
            throws GateFailure {
        Decision decision = source.blocking()
                ? GateCall.within(deadline, source.meter(), () -> authorizer.decide(client, action))
                : GateCall.direct(source.meter(), () -> authorizer.decide(client, action));
        if (decision == Decision.DENY) {
            source.meter().refused();
        }
        return decision;
    }
}
