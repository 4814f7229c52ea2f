package io.gatehouse.authz.acl;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of {@code authz-acl}; its descriptions are what users read in the reference and in error messages. */
@ObjectClassDefinition(
        id = "authz-acl",
        name = "ACL file",
        description = "Authorization by the rules of an acl.conf, from top to bottom, the first match decides.")
@interface AclConfiguration {
    @AttributeDefinition(
            name = "File",
            description = "The rules; a relative path starts at the folder of the main configuration file.")
    String file() default "acl.conf";

    @AttributeDefinition(
            name = "Check interval",
            description = "How often the file is looked at for changes, in seconds.",
            min = "1",
            max = "3600")
    int checkIntervalSeconds() default 2;
}
