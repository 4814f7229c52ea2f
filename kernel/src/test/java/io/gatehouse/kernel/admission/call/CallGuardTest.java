package io.gatehouse.kernel.admission.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.sdk.plugin.Capability;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes that compilers really make, rewritten and run. */
class CallGuardTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    System.exit(3)                                          | java.lang.System.exit
                    Runtime.getRuntime().halt(3)                            | java.lang.Runtime.halt
                    Runtime.getRuntime().exit(3)                            | java.lang.Runtime.exit
                    ((java.util.function.IntConsumer) System::exit).accept(3) | java.lang.System.exit
                    java.util.stream.IntStream.of(3).forEach(System::exit)  | java.lang.System.exit
                    """)
    void nothingStopsTheBroker(String statement, String call) throws Exception {
        Callable<?> plugin = load(
                "public Object call() throws Exception { " + statement + "; return 1; }", Set.of(Capability.values()));

        assertThatThrownBy(plugin::call)
                .isInstanceOf(SecurityException.class)
                .hasMessage("plugin acme.gate calls " + call
                        + ", which would stop the broker and is never allowed: take the call out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    NETWORK      | new java.net.Socket()                                          | new java.net.Socket
                    NETWORK      | java.net.InetAddress.getByName("127.0.0.1")                    | java.net.InetAddress.getByName
                    NETWORK      | java.net.http.HttpClient.newHttpClient()                       | java.net.http.HttpClient.newHttpClient
                    NETWORK      | java.net.URI.create("file:///").toURL().openConnection()       | java.net.URL.openConnection
                    NETWORK      | java.nio.channels.SocketChannel.open()                         | java.nio.channels.SocketChannel.open
                    NETWORK      | new java.net.InetSocketAddress("localhost", 1)                 | new java.net.InetSocketAddress
                    FILES        | java.nio.file.Files.exists(java.nio.file.Path.of("x"))         | java.nio.file.Files.exists
                    FILES        | new java.io.File("x").exists()                                 | java.io.File.exists
                    FILES        | new java.io.File("x") { }.exists()                             | new java.io.File
                    FILES        | new java.io.FileInputStream("/dev/null")                       | new java.io.FileInputStream
                    FILES        | new java.io.PrintWriter("/dev/null")                           | new java.io.PrintWriter
                    FILES        | java.util.Optional.of(java.nio.file.Path.of("x")).map(java.nio.file.Files::exists) | java.nio.file.Files.exists
                    FILES        | java.util.Optional.of("x").map(n -> { try { return new java.io.FileReader(n); } catch (java.io.IOException e) { return 1; } }) | new java.io.FileReader
                    ENVIRONMENT  | System.getenv("PATH")                                          | java.lang.System.getenv
                    ENVIRONMENT  | System.getenv()                                                | java.lang.System.getenv
                    PROCESSES    | new ProcessBuilder("true")                                     | new java.lang.ProcessBuilder
                    PROCESSES    | Runtime.getRuntime().exec(new String[] {"true"})               | java.lang.Runtime.exec
                    NATIVE_CODE  | java.lang.foreign.Linker.nativeLinker()                        | java.lang.foreign.Linker.nativeLinker
                    DYNAMIC_CODE | new ClassLoader() { }                                          | new java.lang.ClassLoader
                    """)
    void refusesWhatWasNotDeclaredAndNothingElse(Capability needed, String expression, String call) throws Exception {
        String body = "public Object call() throws Exception { try { return " + expression
                + "; } catch (RuntimeException e) { throw e; } catch (Exception e) { return e; } }";

        assertThatThrownBy(load(body, allBut(needed))::call)
                .isInstanceOf(SecurityException.class)
                .hasMessage("plugin acme.gate calls " + call + " without the capability " + Capabilities.nameOf(needed)
                        + ": put @Capabilities(Capability." + needed + ") on one of its classes, or take the call out");
        load(body, Set.of(needed)).call();
    }

    @Test
    void doesNotMindASubclassOfWhatIsGuardedInPart() throws Exception {
        String body =
                "public Object call() { return new java.io.PrintStream(new java.io.ByteArrayOutputStream()) { }; }";

        assertThat(load(body, Set.of()).call()).isNotNull();
    }

    @Test
    void leavesEverythingElseAsItWas() throws Exception {
        String body = """
                static class Base { final String text; Base(String text) { this.text = text; } }
                static class Sub extends Base {
                    Sub(boolean deep) { super(deep ? System.getenv("PATH") : new StringBuilder("plain").toString()); }
                }
                interface Says { default String says(int n) { return n > 5 ? System.getenv("PATH") : "n" + n; } }
                public Object call() {
                    String text = new Sub(false).text;
                    Object list;
                    try {
                        for (int k = 0; k < 3; k++) {
                            if (k == 5) { System.exit(k); } else { text += k; }
                        }
                        list = text.length() > 99 ? new ArrayList<String>() : new HashSet<String>();
                        text += list.getClass().getSimpleName();
                    } finally {
                        text += "!";
                    }
                    switch (text) {
                        case "a" -> System.exit(1);
                        case "plain012HashSet!" -> text += "?";
                        default -> text = "";
                    }
                    text += new Says() { }.says(2);
                    try { new Sub(true); } catch (SecurityException e) { text += " sub"; }
                    try { new Says() { }.says(9); } catch (SecurityException e) { text += " says"; }
                    return text;
                }
                """;

        assertThat(load(body, Set.of()).call()).isEqualTo("plain012HashSet!?n2 sub says");
    }

    @Test
    void findsCallsInStaticInitialisersAndLambdas() throws Exception {
        String body = """
                static final String PATH = System.getenv("PATH");
                public Object call() { return PATH; }
                """;

        assertThatThrownBy(() -> load(body, Set.of())).hasRootCauseInstanceOf(SecurityException.class);
    }

    @Test
    void doesNotTouchAClassThatCallsNothing() {
        byte[] bytes = Objects.requireNonNull(
                compile("public Object call() { return Math.max(1, 2); }").get("acme.Gate"));

        assertThat(guard(Set.of()).rewrite(bytes)).isEqualTo(new GuardResult.Unchanged());
    }

    @Test
    void refusesWhatIsNoClass() {
        byte[] bytes = Objects.requireNonNull(
                compile("public Object call() { return System.getenv(); }").get("acme.Gate"));
        for (int length = 0; length < bytes.length - 1; length += 3) {
            assertThat(guard(Set.of()).rewrite(Arrays.copyOf(bytes, length)))
                    .isNotInstanceOf(GuardResult.Rewritten.class);
        }
        assertThat(guard(Set.of()).rewrite(new byte[100]))
                .isInstanceOfSatisfying(
                        GuardResult.Refused.class,
                        refused -> assertThat(refused.sentence())
                                .startsWith("a class of plugin acme.gate cannot be checked"));
    }

    @Test
    void everyLineOfTheTableNamesAClassOfThePlatform() {
        assertThat(GuardedCalls.types())
                .allSatisfy(type -> assertThat(Class.forName(type)).isNotNull());
    }

    private Callable<?> load(String body, Set<Capability> capabilities) throws ReflectiveOperationException {
        ClassLoader loader = new GuardedLoader(compile(body), guard(capabilities));
        try {
            return (Callable<?>)
                    loader.loadClass("acme.Gate").getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Map<String, byte[]> compile(String body) {
        return GuardedLoader.classesOf(new PluginJar("acme.gate")
                .source("Gate", "public class Gate implements java.util.concurrent.Callable<Object> { " + body + " }")
                .into(folder));
    }

    private static CallGuard guard(Set<Capability> capabilities) {
        return new CallGuard("acme.gate", new Capabilities(capabilities, List.of(), false));
    }

    private static Set<Capability> allBut(Capability one) {
        Set<Capability> all = EnumSet.allOf(Capability.class);
        all.remove(one);
        return all;
    }
}
