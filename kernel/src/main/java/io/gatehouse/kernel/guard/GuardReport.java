package io.gatehouse.kernel.guard;

/**
 * What the guard has done since the broker started.
 *
 * @param connectionsTooMany closed because of {@code limits.max-connections}
 * @param connectionsTooFast closed because of a rate of connections
 * @param connectionsBanned closed before anything was read because the address is banned
 * @param connectsBanned refused because of who the client is
 * @param messagesRefused because of a rate, after waiting had not helped
 * @param bans in force that an operator made
 * @param flappingBans in force that flapping made
 */
public record GuardReport(
        long connectionsTooMany,
        long connectionsTooFast,
        long connectionsBanned,
        long connectsBanned,
        long messagesRefused,
        int bans,
        int flappingBans) {}
