package io.gatehouse.kernel.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.gatehouse.kernel.plugin.PluginInfo;
import io.gatehouse.sdk.users.UserDirectory;
import java.util.List;

/** What the running broker answers: one JSON object on one line, told apart by its {@code answer}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "answer")
@JsonSubTypes({
    @JsonSubTypes.Type(ControlAnswer.Status.class),
    @JsonSubTypes.Type(ControlAnswer.Clients.class),
    @JsonSubTypes.Type(ControlAnswer.Plugins.class),
    @JsonSubTypes.Type(ControlAnswer.PluginFiles.class),
    @JsonSubTypes.Type(ControlAnswer.Told.class),
    @JsonSubTypes.Type(ControlAnswer.Users.class),
    @JsonSubTypes.Type(ControlAnswer.Bans.class),
    @JsonSubTypes.Type(ControlAnswer.Config.class),
    @JsonSubTypes.Type(ControlAnswer.Done.class),
    @JsonSubTypes.Type(ControlAnswer.Failed.class)
})
public sealed interface ControlAnswer {
    /** How the broker is. */
    @JsonTypeName("status")
    record Status(BrokerStatus status) implements ControlAnswer {}

    /**
     * Sessions, sorted by client identifier.
     *
     * @param truncated true when there are more
     */
    @JsonTypeName("clients")
    record Clients(List<ClientStatus> clients, boolean truncated) implements ControlAnswer {
        public Clients {
            clients = List.copyOf(clients);
        }
    }

    /** Modules, sorted by name. */
    @JsonTypeName("plugins")
    record Plugins(List<ModuleStatus> plugins) implements ControlAnswer {
        public Plugins {
            plugins = List.copyOf(plugins);
        }
    }

    /** Plugins, sorted by name. */
    @JsonTypeName("plugins.files")
    record PluginFiles(List<PluginInfo> plugins) implements ControlAnswer {
        public PluginFiles {
            plugins = List.copyOf(plugins);
        }
    }

    /**
     * It was done.
     *
     * @param sentence what is the case now
     */
    @JsonTypeName("told")
    record Told(String sentence) implements ControlAnswer {}

    /** One page of users, sorted by name; a page that is not full is the last one. */
    @JsonTypeName("users")
    record Users(List<UserDirectory.User> users) implements ControlAnswer {
        public Users {
            users = List.copyOf(users);
        }
    }

    /**
     * Bans: of operators, the oldest first, then of flapping.
     *
     * @param truncated true when there are more
     */
    @JsonTypeName("bans")
    record Bans(List<BanStatus> bans, boolean truncated) implements ControlAnswer {
        public Bans {
            bans = List.copyOf(bans);
        }
    }

    /** The effective configuration as text, secrets masked. */
    @JsonTypeName("config")
    record Config(String text) implements ControlAnswer {}

    /** It was done. */
    @JsonTypeName("done")
    record Done() implements ControlAnswer {}

    /**
     * It was not done, and nothing changed.
     *
     * @param message one plain sentence for the operator
     */
    @JsonTypeName("failed")
    record Failed(Reason reason, String message) implements ControlAnswer {}

    /** Why something was not done. */
    enum Reason {
        /** The request is not one that this broker understands. */
        BAD_REQUEST,
        /** There is no such client or user. */
        NOT_FOUND,
        /** There is one already. */
        EXISTS,
        /** The value was refused, such as a password that is too short. */
        REFUSED,
        /** No module of this broker can do it. */
        UNAVAILABLE,
        /** The broker tried and failed. */
        ERROR
    }
}
