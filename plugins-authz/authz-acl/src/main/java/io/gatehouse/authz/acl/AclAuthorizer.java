package io.gatehouse.authz.acl;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.plugin.Capabilities;
import io.gatehouse.sdk.plugin.Capability;
import io.gatehouse.sdk.plugin.PluginHealth;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Judges by the rules of an {@code acl.conf}: the first that matches decides, and when none does this source has no opinion.
 *
 * <p>It cannot be activated with a file it cannot use. The module is absent then, and what is absent denies. Once active it keeps the last
 * good rules, through broken edits as well as through a configuration that names an unusable file.
 */
@Component(
        name = "authz-acl",
        service = {Authorizer.class, PluginHealth.class})
@Designate(ocd = AclConfiguration.class)
@Capabilities(Capability.FILES)
public final class AclAuthorizer implements Authorizer, PluginHealth {
    /** The framework property with the folder of the main configuration file. */
    private static final String FOLDER = "gatehouse.conf";

    private final @Nullable String folder;
    private final AclPolicy policy;
    private AclWatch watch;

    /** Called by Declarative Services; reads the file. */
    @Activate
    public AclAuthorizer(BundleContext bundle, AclConfiguration configuration, @Reference PolicyChanges changes)
            throws AclFileException {
        this(bundle.getProperty(FOLDER), configuration, changes);
    }

    AclAuthorizer(@Nullable String folder, AclConfiguration configuration, PolicyChanges changes)
            throws AclFileException {
        this.folder = folder;
        this.policy = new AclPolicy(file(folder, configuration.file()), changes);
        this.watch = watch(configuration);
    }

    /** Called by Declarative Services when the configuration changed; the service stays registered meanwhile. */
    @Modified
    synchronized void reconfigure(AclConfiguration configuration) throws AclFileException {
        policy.follow(file(folder, configuration.file()));
        watch.close();
        watch = watch(configuration);
    }

    /** Called by Declarative Services. */
    @Deactivate
    synchronized void close() {
        watch.close();
    }

    @Override
    public Decision decide(Client client, Action action) {
        return policy.rules().decide(client, action);
    }

    @Override
    public Status health() {
        return policy.status();
    }

    private AclWatch watch(AclConfiguration configuration) {
        return new AclWatch(policy, TimeUnit.SECONDS.toMillis(configuration.checkIntervalSeconds()));
    }

    private static AclFile file(@Nullable String folder, String name) throws AclFileException {
        try {
            Path path = Path.of(name);
            if (path.isAbsolute()) {
                return new AclFile(path);
            }
            if (folder == null) {
                throw new AclFileException(
                        "authz-acl.file: \"" + name + "\" is a relative path, but the framework property " + FOLDER
                                + " does not say where the configuration is: write an absolute path");
            }
            return new AclFile(Path.of(folder).resolve(path).normalize());
        } catch (InvalidPathException e) {
            throw new AclFileException("authz-acl.file: this is not a path: " + e.getMessage());
        }
    }
}
