package io.gatehouse.authz.acl.rule;

import io.gatehouse.sdk.mqtt.Client;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Finds the common name in the certificate of a client. */
final class CommonName {
    private CommonName() {}

    /** The most specific common name of the subject; null without certificate, without common name, or when it is no text. */
    static @Nullable String of(Client client) {
        return client.certificates().isEmpty()
                ? null
                : in(client.certificates().getFirst().getSubjectX500Principal());
    }

    static @Nullable String in(X500Principal subject) {
        try {
            // LdapName counts from the root, so the most specific part is the last.
            List<Rdn> parts = new LdapName(subject.getName(X500Principal.RFC2253)).getRdns();
            for (Rdn part : parts.reversed()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return part.getValue() instanceof String text ? text : null;
                }
            }
            return null;
        } catch (InvalidNameException oddity) {
            // The certificate was verified, so this is an oddity of notation; without a name no rule that needs one
            // matches.
            return null;
        }
    }
}
