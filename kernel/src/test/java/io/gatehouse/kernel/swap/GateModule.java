package io.gatehouse.kernel.swap;

import io.gatehouse.kernel.fakes.PluginJar;

/** The modules that are changed under load. What each decides tells which version did. */
enum GateModule {
    AUTHENTICATOR("auth-gate", "Authenticator", """
            public AuthResult authenticate(ConnectRequest r) throws Exception { return guard.call(() -> {
              if (r.client().username().startsWith("visitor")) { Thread.sleep(20); }
              return r.password() != null && r.password().asUtf8().equals("right")
                ? AuthResult.accept().withAttributes(Map.of("auth-gate", "$version"))
                : new AuthResult.Reject("1.0.0".equals("$version") ? ReasonCode.BANNED : ReasonCode.QUOTA_EXCEEDED, "");
            }); }
            """),
    AUTHORIZER("authz-gate", "Authorizer", """
            public Decision decide(Client c, Action a) throws Exception { return guard.call(() ->
              a instanceof Action.Publish && (a.topic().startsWith("forbidden/")
                || a.topic().startsWith("only/") && !a.topic().equals("only/$version"))
                ? Decision.DENY : Decision.ALLOW); }
            """),
    PUBLISH("mark-publish", "PublishInterceptor", """
            public Verdict<Message> onPublish(Client c, Message m) throws Exception { return guard.call(() ->
              Verdict.forward(m.withProperties(m.properties().withUserProperties(List.of(
                new UserProperty("mark-publish", "$version"),
                new UserProperty("auth-gate", c.attributes().getOrDefault("auth-gate", "nobody"))))))); }
            """),
    DELIVERY("mark-delivery", "DeliveryInterceptor", """
            public Verdict<Message> onDeliver(Client c, Message m) throws Exception { return guard.call(() -> {
              List<UserProperty> marks = new ArrayList<>(m.properties().userProperties());
              marks.add(new UserProperty("mark-delivery", "$version"));
              return Verdict.forward(m.withProperties(m.properties().withUserProperties(marks))); }); }
            """);

    /** The versions that work. */
    static final String ONE = "1.0.0";

    static final String TWO = "1.1.0";

    private final String module;
    private final String role;
    private final String method;

    GateModule(String module, String role, String method) {
        this.module = module;
        this.role = role;
        this.method = method;
    }

    String moduleName() {
        return module;
    }

    /** The other one of the two that work. */
    static String other(String version) {
        return version.equals(ONE) ? TWO : ONE;
    }

    /** A version that works. */
    PluginJar working(String version, String board) {
        return jar(version, board, role, "");
    }

    /** A version that would decide too, if it were ever asked, but cannot be started. */
    PluginJar throwing(String board) {
        return jar("9.0.0", board, role, "@Activate void start() { throw new IllegalStateException(\"no licence\"); }");
    }

    PluginJar sick(String board) {
        return jar("9.0.1", board, role + ", PluginHealth", """
                public Status health() { return new Status.Degraded("the directory is down"); }
                """);
    }

    PluginJar needy(String board) {
        return jar("9.0.2", board, role, "").header("Import-Package", "com.nobody.lib,*");
    }

    /** Whoever is asked after it was stopped, or is stopped while it is asked, says so on the board, a queue in the system properties. */
    private PluginJar jar(String version, String board, String roles, String more) {
        return new PluginJar("acme." + module)
                .version(version)
                .source(
                        "Guard",
                        """
                final class Guard {
                  volatile boolean stopped;
                  <V> V call(java.util.concurrent.Callable<V> work) throws Exception {
                    look("asked after"); try { return work.call(); } finally { look("stopped while"); } }
                  @SuppressWarnings("unchecked") void look(String what) {
                    if (stopped) ((Queue<String>) System.getProperties().get("$board")).add(what + " $module $version"); } }
                """.replace("$board", board).replace("$module", module).replace("$version", version))
                .source("Gate", """
                @Component(name = "$module") public class Gate implements $roles {
                  final Guard guard = new Guard();
                  @Deactivate void stop() { guard.stopped = true; }
                  $more
                  $method }
                """.replace("$module", module)
                        .replace("$roles", roles)
                        .replace("$more", more)
                        .replace("$method", method)
                        .replace("$version", version));
    }
}
