package io.gatehouse.kernel.swap;

import io.gatehouse.kernel.fakes.PluginJar;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.osgi.service.cm.ConfigurationAdmin;

/** Plugins for {@link NothingLeftBehindTest}; each says on a board in the system properties by which class loader it came. */
final class EveryKind {
    private final String board;

    EveryKind(String board) {
        this.board = board;
    }

    /** A module of each kind, with types of its own wherever something of it could be kept. */
    PluginJar modules(String version) {
        PluginJar jar = new PluginJar("acme.kinds").version(version).source("Odd", """
                final class Odd extends RuntimeException { Odd() { super("for a test"); } }
                """);
        return listening(intercepting(deciding(jar)));
    }

    private PluginJar deciding(PluginJar jar) {
        return jar.source("Auth", """
                @Component(name = "k-auth") public class Auth implements Authenticator {
                  @Activate void start() { %s }
                  public AuthResult authenticate(ConnectRequest r) {
                    if (r.client().username().equals("thrower")) throw new Odd();
                    return AuthResult.accept().withAttributes(new TreeMap<>(Map.of("a", "b"))); } }
                """.formatted(report("getClass()")))
                .source("Talk", """
                @Component(name = "k-talk") public class Talk implements EnhancedAuthenticator {
                  public String method() { return "odd"; }
                  public AuthExchange begin(ConnectRequest r) { return data ->
                    new AuthStep.Success(AuthResult.accept(), data); } }
                """)
                .source("Rules", """
                @Component(name = "k-rules") public class Rules implements Authorizer {
                  public Decision decide(Client c, Action a) {
                    if (a.topic().equals("t/throw")) throw new Odd();
                    return Decision.ALLOW; } }
                """);
    }

    private static PluginJar intercepting(PluginJar jar) {
        return jar.source("OnConnect", """
                @Component(name = "k-connect") public class OnConnect implements ConnectInterceptor {
                  public Verdict<ConnectRequest> onConnect(ConnectRequest r) { return Verdict.forward(r); } }
                """)
                .source("OnPublish", """
                @Component(name = "k-publish") public class OnPublish implements PublishInterceptor {
                  public Verdict<Message> onPublish(Client c, Message m) {
                    return Verdict.forward(m.withPayload(Payload.ofUtf8("by the plugin"))); } }
                """)
                .source("OnSubscribe", """
                @Component(name = "k-subscribe") public class OnSubscribe implements SubscribeInterceptor {
                  public Verdict<Subscription> onSubscribe(Client c, Subscription s) { return Verdict.forward(s); } }
                """)
                .source("OnDelivery", """
                @Component(name = "k-delivery") public class OnDelivery implements DeliveryInterceptor {
                  public Verdict<Message> onDeliver(Client c, Message m) { return Verdict.forward(m); } }
                """);
    }

    private static PluginJar listening(PluginJar jar) {
        return jar.source("Ear", """
                @org.osgi.service.metatype.annotations.Designate(ocd = Ear.Config.class, factory = true)
                @Component(name = "k-ear") public class Ear implements ClientListener, MessageListener {
                  @org.osgi.service.metatype.annotations.ObjectClassDefinition @interface Config { String realm(); }
                  volatile Client last;
                  public void connected(Client c, boolean present) { last = c; }
                  public void published(Client c, Message m) { throw new Odd(); } }
                """).source("Health", """
                @Component(name = "k-health") public class Health implements PluginHealth {
                  public Status health() { return new Status.Up(); } }
                """).source("Users", """
                @Component(name = "k-users") public class Users implements UserDirectory {
                  public boolean add(String id, Secret password, boolean superuser) { return false; }
                  public boolean changePassword(String id, Secret password) { return false; }
                  public boolean remove(String id) { return false; }
                  public List<User> list(String after, int limit) { return List.of(); } }
                """);
    }

    /** What {@link #user} needs. */
    PluginJar library(String version) {
        return new PluginJar("acme.library")
                .version(version)
                .source("acme.library", "Words", """
                        public class Words { public static String hello() { return "%s"; } }
                        """.formatted(version))
                .header("Export-Package", "acme.library;version=" + version);
    }

    /** An authenticator that uses a library. */
    PluginJar user(Path library) {
        return new PluginJar("acme.user")
                .source("User", """
                @Component(name = "k-auth") public class User implements Authenticator {
                  @Activate void start() { %s %s }
                  public AuthResult authenticate(ConnectRequest r) {
                    return AuthResult.accept().withAttributes(Map.of("library", acme.library.Words.hello())); } }
                """.formatted(report("getClass()"), report("acme.library.Words.class")))
                .using(library);
    }

    /** Counts what the framework has. */
    PluginJar spy() throws URISyntaxException {
        Path api = Path.of(ConfigurationAdmin.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return new PluginJar("acme.spy").using(api).source("Spy", """
                @Component(name = "spy", service = Spy.class, immediate = true) public class Spy {
                  @Activate public Spy(org.osgi.framework.BundleContext context,
                      @Reference org.osgi.service.cm.ConfigurationAdmin admin) {
                    System.getProperties().put("%s.spy", (java.util.function.Supplier<String>) () -> {
                      try {
                        Object[] all = admin.listConfigurations(null);
                        return context.getBundles().length + " bundles, " + (all == null ? 0 : all.length) + " configurations";
                      } catch (Exception e) { return e.toString(); } }); } }
                """.formatted(board));
    }

    private String report(String type) {
        return """
                ((Collection<Object>) System.getProperties().get("%s"))
                  .add(new java.lang.ref.WeakReference<Object>(%s.getClassLoader()));
                """.formatted(board, type);
    }
}
