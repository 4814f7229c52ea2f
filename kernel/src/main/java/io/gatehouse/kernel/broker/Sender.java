package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.topic.Mountpoint;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.mqtt.Client;
import java.util.List;

/**
 * Who sends a message, for one that is sent when the client may be gone: a will, or a message that was to be delayed.
 *
 * @param acl the rules that the authenticator gave the client
 * @param mountpoint where its topics are
 */
record Sender(Client client, List<AclRule> acl, Mountpoint mountpoint) {
    Sender {
        acl = List.copyOf(acl);
    }
}
