package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.config.Cidr;
import io.gatehouse.kernel.config.FlappingConfig;
import io.gatehouse.kernel.config.IpLiterals;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.sdk.mqtt.Client;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts who connects and disconnects again and again, and keeps him away for a while.
 *
 * <p>Who was not let in is counted by his address, for nobody knows who he is. Who was let in is counted by user name, client identifier
 * and address together. A name alone is never counted and never banned: whoever could make it flap could lock out its owner.
 *
 * <p>What is remembered is bounded: of too many, the one that was not heard of for longest is forgotten. Strangers fill other tables than
 * clients do.
 */
@AnyThread
final class Flapping {
    private static final Logger LOG = LoggerFactory.getLogger(Flapping.class);
    private static final int MOST = 65_536;
    private static final String BY = "flapping";

    private final Supplier<FlappingConfig> config;
    private final InstantSource clock;
    private final BoundedTable<Spell> strangers = new BoundedTable<>(MOST);
    private final BoundedTable<Spell> clients = new BoundedTable<>(MOST);
    private final BoundedTable<KeptAway> bannedAddresses = new BoundedTable<>(MOST);
    private final BoundedTable<KeptAway> bannedIdentities = new BoundedTable<>(MOST);

    /** How often somebody left since a moment, in milliseconds since the epoch. */
    private record Spell(long since, int count) {}

    Flapping(Supplier<FlappingConfig> config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Somebody has gone who had not been let in. */
    void left(InetAddress peer) {
        if (isCounted(peer) && count(strangers, Mark.of(peer))) {
            KeptAway who = KeptAway.stranger(peer, ban(BanKind.ADDRESS, KeptAway.network(peer)));
            bannedAddresses.compute(Mark.of(peer), _ -> who);
        }
    }

    /** A client has gone. */
    void left(Client client) {
        InetAddress peer = client.peer().getAddress();
        if (isCounted(peer) && count(clients, mark(client))) {
            KeptAway who = KeptAway.client(client, ban(BanKind.IDENTITY, KeptAway.identity(client)));
            bannedIdentities.compute(mark(client), _ -> who);
        }
    }

    static boolean isSame(Client one, Client other) {
        return mark(one).equals(mark(other));
    }

    boolean isBanned(InetAddress peer) {
        return config.get().enabled() && counts(bannedAddresses.find(Mark.of(peer)));
    }

    boolean isBanned(Client client) {
        return config.get().enabled() && counts(bannedIdentities.find(mark(client)));
    }

    /** All bans in force. */
    List<Ban> bans() {
        Instant now = clock.instant();
        List<KeptAway> all = new ArrayList<>(bannedAddresses.values());
        all.addAll(bannedIdentities.values());
        return all.stream().map(KeptAway::ban).filter(ban -> !ban.isOver(now)).toList();
    }

    /** Ends bans of this address, client identifier or user name; how many there were. */
    int lift(BanKind kind, String value) {
        return switch (kind) {
            case ADDRESS -> {
                Cidr block = BanRules.block(value);
                yield bannedAddresses.removeIf(inForce(who -> block.contains(who.peer())));
            }
            case CLIENT_ID ->
                bannedIdentities.removeIf(inForce(who -> who.clientId().equals(value)));
            case USERNAME ->
                bannedIdentities.removeIf(inForce(who -> who.username().equals(value)));
            case CLIENT_ID_RE, USERNAME_RE, IDENTITY -> 0;
        };
    }

    private Predicate<KeptAway> inForce(Predicate<KeptAway> condition) {
        return condition.and(who -> counts(who));
    }

    private boolean isCounted(InetAddress peer) {
        FlappingConfig now = config.get();
        if (!now.enabled()) {
            return false;
        }
        InetAddress plain = IpLiterals.plain(peer);
        return now.exempt().stream().noneMatch(block -> block.contains(plain));
    }

    /** True when it was once too often; the next time counting begins anew. */
    private boolean count(BoundedTable<Spell> spells, Mark who) {
        long now = clock.millis();
        FlappingConfig limits = config.get();
        boolean[] tooOften = {false};
        spells.compute(who, before -> {
            Spell spell =
                    before == null || now - before.since() >= limits.window().toMillis()
                            ? new Spell(now, 1)
                            : new Spell(before.since(), before.count() + 1);
            tooOften[0] = spell.count() >= limits.maxDisconnects();
            return tooOften[0] ? null : spell;
        });
        return tooOften[0];
    }

    private Ban ban(BanKind kind, String value) {
        FlappingConfig limits = config.get();
        Instant now = clock.instant();
        LOG.debug("{} {} is kept away for {}: it flaps", kind.word(), value, limits.banTime());
        String reason =
                limits.maxDisconnects() + " disconnects in " + limits.window().toSeconds() + " s";
        return new Ban(kind, value, BY, reason, now, now.plus(limits.banTime()));
    }

    private boolean counts(@Nullable KeptAway who) {
        return who != null && !who.ban().isOver(clock.instant());
    }

    private static Mark mark(Client client) {
        String username = client.username();
        return Mark.of(
                client.clientId(),
                username == null ? "" : "user " + username,
                KeptAway.network(client.peer().getAddress()));
    }
}
