package io.gatehouse.authz.acl.rule;

import io.gatehouse.sdk.mqtt.Client;
import java.net.InetAddress;
import java.util.List;

/** Whom a rule speaks about. Matching allocates nothing but what regular expressions and addresses need. */
sealed interface Who {
    /**
     * True when the client is among them.
     *
     * @param whenUnsure see {@link NameTest#accepts}
     */
    boolean includes(Client client, boolean whenUnsure);

    /** {@code all}. */
    record Everybody() implements Who {
        @Override
        public boolean includes(Client client, boolean whenUnsure) {
            return true;
        }
    }

    /** Clients with a certain user name, client identifier or attribute. Who has no such name is not included. */
    record Named(ClientName name, NameTest test) implements Who {
        @Override
        public boolean includes(Client client, boolean whenUnsure) {
            String actual = name.of(client, null);
            return actual != null && test.accepts(actual, whenUnsure);
        }
    }

    /** Clients of certain listeners. A name is known both as {@code tcp.default} and, as in EMQX, as {@code tcp:default}. */
    record OnListener(NameTest test) implements Who {
        @Override
        public boolean includes(Client client, boolean whenUnsure) {
            String listener = client.listener();
            return test.accepts(listener, whenUnsure) || test.accepts(listener.replaceFirst("\\.", ":"), whenUnsure);
        }
    }

    /** Clients whose connection comes from certain addresses. */
    record From(List<AddressRange> ranges) implements Who {
        public From {
            ranges = List.copyOf(ranges);
        }

        @Override
        public boolean includes(Client client, boolean whenUnsure) {
            InetAddress address = client.peer().getAddress();
            if (address == null) {
                return whenUnsure;
            }
            for (int i = 0; i < ranges.size(); i++) {
                if (ranges.get(i).contains(address)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Clients that all of these include. */
    record AllOf(List<Who> parts) implements Who {
        public AllOf {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean includes(Client client, boolean whenUnsure) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).includes(client, whenUnsure)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Clients that one of these includes. */
    record AnyOf(List<Who> parts) implements Who {
        public AnyOf {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean includes(Client client, boolean whenUnsure) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).includes(client, whenUnsure)) {
                    return true;
                }
            }
            return false;
        }
    }
}
