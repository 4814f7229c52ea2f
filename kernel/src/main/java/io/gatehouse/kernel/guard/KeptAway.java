package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.config.Cidr;
import io.gatehouse.kernel.config.IpLiterals;
import io.gatehouse.sdk.mqtt.Client;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Somebody whom flapping keeps away. Names are cut, so that what is remembered is bounded.
 *
 * @param clientId empty for a stranger
 * @param username empty when there is none
 */
record KeptAway(InetAddress peer, String clientId, String username, Ban ban) {
    private static final int V4_BYTES = 4;
    private static final int V6_NETWORK_BYTES = 8;
    private static final int LONGEST_NAME = 128;

    static KeptAway stranger(InetAddress peer, Ban ban) {
        return new KeptAway(IpLiterals.plain(peer), "", "", ban);
    }

    static KeptAway client(Client client, Ban ban) {
        return new KeptAway(
                IpLiterals.plain(client.peer().getAddress()),
                cut(client.clientId()),
                cut(Objects.requireNonNullElse(client.username(), "")),
                ban);
    }

    /** An IPv4 address; of an IPv6 address the block of 64 bits that belongs to one owner. */
    static String network(InetAddress peer) {
        InetAddress plain = IpLiterals.plain(peer);
        byte[] bytes = plain.getAddress();
        if (bytes.length == V4_BYTES) {
            return plain.getHostAddress();
        }
        Arrays.fill(bytes, V6_NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return new Cidr(InetAddress.getByAddress(bytes), V6_NETWORK_BYTES * Byte.SIZE).toString();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }

    static String identity(Client client) {
        String username = client.username();
        return cut(client.clientId())
                + (username == null ? "" : " of user " + cut(username))
                + " at " + network(client.peer().getAddress());
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
