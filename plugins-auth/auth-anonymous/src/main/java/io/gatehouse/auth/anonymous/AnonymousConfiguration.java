package io.gatehouse.auth.anonymous;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may say to {@code auth-anonymous}; bnd makes the schema of the configuration from it. */
@ObjectClassDefinition(
        name = "Anonymous clients",
        description =
                "Lets clients in without asking who they are. What they may do is decided by authorization alone.")
@interface AnonymousConfiguration {
    @AttributeDefinition(
            name = "Username",
            description =
                    "The user name that every client let in gets in place of the one it claims, so that no rule mistakes a"
                            + " claim for an identity. 1 to 255 characters, no control characters.",
            min = "1",
            max = "255")
    String username() default "anonymous";

    @AttributeDefinition(
            name = "Require no credentials",
            description = "true: a client that sends a user name or a password is left to the next module in the chain."
                    + " false: it is let in too, and what it sent is ignored.")
    boolean requireNoCredentials() default false;
}
