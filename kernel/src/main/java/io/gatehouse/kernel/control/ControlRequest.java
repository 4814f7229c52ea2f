package io.gatehouse.kernel.control;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.gatehouse.sdk.mqtt.Secret;

/** What a command asks of the running broker: one JSON object on one line, told apart by its {@code command}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
    @JsonSubTypes.Type(ControlRequest.Status.class),
    @JsonSubTypes.Type(ControlRequest.Clients.class),
    @JsonSubTypes.Type(ControlRequest.Kick.class),
    @JsonSubTypes.Type(ControlRequest.Plugins.class),
    @JsonSubTypes.Type(ControlRequest.PluginFiles.class),
    @JsonSubTypes.Type(ControlRequest.ChangePlugin.class),
    @JsonSubTypes.Type(ControlRequest.AddUser.class),
    @JsonSubTypes.Type(ControlRequest.RemoveUser.class),
    @JsonSubTypes.Type(ControlRequest.ChangePassword.class),
    @JsonSubTypes.Type(ControlRequest.Users.class),
    @JsonSubTypes.Type(ControlRequest.AddBan.class),
    @JsonSubTypes.Type(ControlRequest.RemoveBan.class),
    @JsonSubTypes.Type(ControlRequest.Bans.class),
    @JsonSubTypes.Type(ControlRequest.ShowConfig.class)
})
public sealed interface ControlRequest {
    /** How the broker is; answered with {@link ControlAnswer.Status}. */
    @JsonTypeName("status")
    record Status() implements ControlRequest {}

    /**
     * Sessions, connected or not; answered with {@link ControlAnswer.Clients}.
     *
     * @param limit at most this many, 1 to 100,000
     */
    @JsonTypeName("clients")
    record Clients(int limit) implements ControlRequest {}

    /** Disconnects a client; answered with {@link ControlAnswer.Done}. */
    @JsonTypeName("kick")
    record Kick(String clientId) implements ControlRequest {}

    /** The modules that the broker knows; answered with {@link ControlAnswer.Plugins}. */
    @JsonTypeName("plugins")
    record Plugins() implements ControlRequest {}

    /** The plugins that the broker knows, whatever becomes of their modules; answered with {@link ControlAnswer.PluginFiles}. */
    @JsonTypeName("plugins.files")
    record PluginFiles() implements ControlRequest {}

    /**
     * Changes a plugin; answered with {@link ControlAnswer.Told}, which may take minutes.
     *
     * @param target the path of a jar for {@code INSTALL} and {@code UPGRADE}, else the name of a plugin, one of its modules or its jar
     */
    @JsonTypeName("plugins.change")
    record ChangePlugin(PluginChange change, String target) implements ControlRequest {}

    /** What can be done with a plugin. */
    enum PluginChange {
        /** Puts a new one in. */
        INSTALL,
        /** Puts another version in the place of the one that runs. */
        UPGRADE,
        /** Goes back to the version before. */
        ROLLBACK,
        /** Puts a disabled one back into use. */
        ENABLE,
        /** Takes one out of use. */
        DISABLE,
        /** Takes one out and deletes its jar. */
        REMOVE
    }

    /** Adds an MQTT user; answered with {@link ControlAnswer.Done}. */
    @JsonTypeName("users.add")
    record AddUser(String userId, Secret password, boolean superuser) implements ControlRequest {}

    /** Removes an MQTT user; answered with {@link ControlAnswer.Done}. */
    @JsonTypeName("users.remove")
    record RemoveUser(String userId) implements ControlRequest {}

    /** Gives an MQTT user another password; answered with {@link ControlAnswer.Done}. */
    @JsonTypeName("users.passwd")
    record ChangePassword(String userId, Secret password) implements ControlRequest {}

    /**
     * A page of MQTT users; answered with {@link ControlAnswer.Users}.
     *
     * @param after the last name of the page before, the empty string for the first page
     * @param limit at most this many, 1 to 1,000
     */
    @JsonTypeName("users.list")
    record Users(String after, int limit) implements ControlRequest {}

    /**
     * Bans somebody; answered with {@link ControlAnswer.Told}.
     *
     * @param kind {@code client-id}, {@code username}, {@code address}, {@code client-id-re} or {@code username-re}
     * @param by who says so
     * @param forSeconds 0 for ever
     */
    @JsonTypeName("bans.add")
    record AddBan(String kind, String value, String by, String reason, long forSeconds) implements ControlRequest {}

    /** Ends a ban; answered with {@link ControlAnswer.Told}. */
    @JsonTypeName("bans.remove")
    record RemoveBan(String kind, String value) implements ControlRequest {}

    /**
     * The bans in force; answered with {@link ControlAnswer.Bans}.
     *
     * @param limit at most this many, 1 to 200,000
     */
    @JsonTypeName("bans.list")
    record Bans(int limit) implements ControlRequest {}

    /** The effective configuration with secrets masked; answered with {@link ControlAnswer.Config}. */
    @JsonTypeName("config.show")
    record ShowConfig() implements ControlRequest {}
}
