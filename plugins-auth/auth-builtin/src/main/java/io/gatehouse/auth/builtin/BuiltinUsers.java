package io.gatehouse.auth.builtin;

import io.gatehouse.auth.builtin.bootstrap.BootstrapFile;
import io.gatehouse.auth.builtin.bootstrap.BootstrapProblem;
import io.gatehouse.auth.builtin.bootstrap.BootstrapUser;
import io.gatehouse.auth.builtin.store.StoreKeeper;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.plugin.Capabilities;
import io.gatehouse.sdk.plugin.Capability;
import io.gatehouse.sdk.plugin.Exclusive;
import io.gatehouse.sdk.plugin.PluginHealth;
import io.gatehouse.sdk.users.UserDirectory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Users with hashed passwords in an embedded store: the component that the broker sees.
 *
 * <p>Three threads of work, none of them the caller's: logins on the hashing threads, operators' commands on one thread of their own, and
 * nothing in the background. A caller waits and may be interrupted; what it asked for is then not heard, or done unheard.
 */
@Component(
        name = "auth-builtin",
        immediate = true,
        service = {Authenticator.class, UserDirectory.class, PluginHealth.class})
@Designate(ocd = BuiltinConfiguration.class)
@Capabilities(Capability.FILES)
@Exclusive
public final class BuiltinUsers implements Authenticator, UserDirectory, PluginHealth {
    /** The framework property in which the broker tells where its data directory is; an absolute path. */
    static final String DATA_DIRECTORY = "gatehouse.data";

    private static final int OPERATOR_LINE = 100;

    private final Settings settings;
    private final Workers hashers;
    private final Workers operator;
    private final StoreKeeper stores;
    private final Login login;
    private final UserAdministration administration;
    private final Trouble storeTrouble;
    private final Trouble overload;

    /**
     * Called by Declarative Services.
     *
     * @throws Exception with a sentence for the operator as its message, when the configuration, the bootstrap file or the store cannot be
     *     used
     */
    @Activate
    public BuiltinUsers(
            BundleContext context, BuiltinConfiguration configuration, @Reference PolicyChanges policyChanges)
            throws Exception {
        this(dataDirectory(context), configuration, policyChanges, InstantSource.system());
    }

    BuiltinUsers(Path data, BuiltinConfiguration configuration, PolicyChanges policyChanges, InstantSource clock)
            throws Exception {
        settings = Settings.of(configuration, data);
        List<BootstrapUser> bootstrap = bootstrapUsers(settings);
        Hashing hashing = new Hashing(settings.argon2id(), new SecureRandom());
        storeTrouble = new Trouble(clock);
        overload = new Trouble(clock);
        hashers = new Workers("auth-builtin-hashing", settings.hashingThreads(), settings.hashingQueue());
        operator = new Workers("auth-builtin-operator", 1, OPERATOR_LINE);
        BootstrapImport bootstrapImport = new BootstrapImport(bootstrap, hashing, hashers);
        stores = new StoreKeeper(storeFile(data), bootstrapImport::into, storeTrouble::happened);
        login = new Login(stores, hashing, settings.userIdType(), settings.hideUnknownUsers());
        administration = new UserAdministration(stores, operator, hashing, settings.userIdType(), policyChanges);
        openStore();
    }

    /** Called by Declarative Services when the broker sends no more calls. */
    @Deactivate
    public void close() {
        hashers.close();
        operator.close();
        stores.close();
    }

    @Override
    public AuthResult authenticate(ConnectRequest request) throws Exception {
        Optional<String> userId = settings.userIdType().of(request.client());
        Secret password = request.password();
        if (userId.isEmpty() || password == null) {
            return AuthResult.abstain();
        }
        try {
            return hashers.call(() -> judge(userId.get(), password));
        } catch (Workers.BusyException e) {
            String sentence =
                    "Logins were refused because all " + settings.hashingThreads() + " hashing threads were busy and "
                            + settings.hashingQueue()
                            + " logins were waiting; look for somebody who guesses passwords, or raise"
                            + " auth-builtin.hashing-threads.";
            overload.happened(sentence);
            return new AuthResult.Reject(ReasonCode.SERVER_BUSY, sentence);
        }
    }

    @Override
    public boolean add(String userId, Secret password, boolean superuser) {
        return administration.add(userId, password, superuser);
    }

    @Override
    public boolean changePassword(String userId, Secret password) {
        return administration.changePassword(userId, password);
    }

    @Override
    public boolean remove(String userId) {
        return administration.remove(userId);
    }

    @Override
    public List<User> list(String after, int limit) {
        return administration.list(after, limit);
    }

    @Override
    public Status health() {
        return storeTrouble
                .recent()
                .or(overload::recent)
                .<Status>map(Status.Degraded::new)
                .orElseGet(Status.Up::new);
    }

    /** How many logins run or wait now. */
    int logins() {
        return hashers.running() + hashers.waiting();
    }

    private AuthResult judge(String userId, Secret password) throws InterruptedException {
        byte[] bytes = password.toByteArray();
        try {
            return login.judge(userId, bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private void openStore() throws Exception {
        boolean opened = false;
        try {
            operator.call(stores::openIfFree);
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    private static List<BootstrapUser> bootstrapUsers(Settings settings) throws BootstrapProblem {
        Optional<Path> file = settings.bootstrapFile();
        return file.isPresent() ? BootstrapFile.read(file.get(), settings.importedHashes()) : List.of();
    }

    private static Path storeFile(Path data) {
        return data.resolve("modules").resolve("auth-builtin").resolve("users.mvstore");
    }

    private static Path dataDirectory(BundleContext context) {
        String data = context.getProperty(DATA_DIRECTORY);
        if (data == null || data.isBlank()) {
            throw new IllegalStateException(
                    "auth-builtin does not know where to keep its users: the framework property " + DATA_DIRECTORY
                            + " is not set; start it inside Gatehouse.");
        }
        return Path.of(data).toAbsolutePath();
    }
}
