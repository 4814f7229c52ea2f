package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.config.Cidr;
import io.gatehouse.kernel.config.IpLiterals;
import io.gatehouse.kernel.regex.BoundedRegex;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.sdk.mqtt.Client;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bans as they are looked up: by hash where they are exact, else one after the other. Immutable. */
@AnyThread
final class BanIndex {
    private final InstantSource clock;
    private final boolean empty;
    private final Map<String, Ban> clientIds = new HashMap<>();
    private final Map<String, Ban> usernames = new HashMap<>();
    private final Map<InetAddress, Ban> addresses = new HashMap<>();
    private final List<Network> networks = new ArrayList<>();
    private final List<Names> clientIdPatterns = new ArrayList<>();
    private final List<Names> usernamePatterns = new ArrayList<>();

    private record Network(Cidr block, Ban ban) {}

    private record Names(BoundedRegex pattern, Ban ban) {}

    /** An index of bans whose values are right. */
    BanIndex(Collection<Ban> bans, InstantSource clock) {
        this.clock = clock;
        this.empty = bans.isEmpty();
        bans.forEach(this::add);
    }

    private void add(Ban ban) {
        switch (ban.kind()) {
            case CLIENT_ID -> clientIds.put(ban.value(), ban);
            case USERNAME -> usernames.put(ban.value(), ban);
            case CLIENT_ID_RE -> clientIdPatterns.add(new Names(BanRules.expression(ban.value()), ban));
            case USERNAME_RE -> usernamePatterns.add(new Names(BanRules.expression(ban.value()), ban));
            case ADDRESS -> {
                Cidr block = Cidr.parse(ban.value()).orElseThrow();
                if (BanRules.isOneAddress(block)) {
                    addresses.put(block.network(), ban);
                } else {
                    networks.add(new Network(block, ban));
                }
            }
            case IDENTITY -> throw new IllegalArgumentException("no operator bans an identity");
        }
    }

    boolean holds(InetAddress peer) {
        if (empty) {
            return false;
        }
        InetAddress address = IpLiterals.plain(peer);
        if (counts(addresses.get(address))) {
            return true;
        }
        for (Network network : networks) {
            if (network.block().contains(address) && counts(network.ban())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the address or the client identifier is banned. */
    boolean holdsClaim(Client client) {
        return !empty
                && (holds(client.peer().getAddress())
                        || counts(clientIds.get(client.clientId()))
                        || isFound(clientIdPatterns, client.clientId()));
    }

    /** Whether anything of the client is banned. */
    boolean holds(Client client) {
        if (empty) {
            return false;
        }
        String username = client.username();
        return holdsClaim(client)
                || (username != null && (counts(usernames.get(username)) || isFound(usernamePatterns, username)));
    }

    /** A name that is too long to be searched counts as if something was found: better one too many. */
    private boolean isFound(List<Names> patterns, String name) {
        boolean tooLong = !BoundedRegex.canSearch(name);
        for (Names names : patterns) {
            if (counts(names.ban()) && (tooLong || names.pattern().isFoundIn(name))) {
                return true;
            }
        }
        return false;
    }

    private boolean counts(@Nullable Ban ban) {
        return ban != null && !ban.isOver(clock.instant());
    }
}
