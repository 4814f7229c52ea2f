package io.gatehouse.kernel.admission.call;

import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.sdk.plugin.Capability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The members of the platform that reach beyond computing, and the capability that each needs. Guarded is the way to get at something: who
 * has no socket cannot read from one.
 *
 * <p>A line is: capability, or never; class; members. {@code *} is every member, {@code -name} all but this one, and a name with the
 * beginning of a descriptor only that overload.
 */
final class GuardedCalls {
    private static final String TABLE = """
            never        java.lang.System                                    exit
            never        java.lang.Runtime                                   exit halt
            never        sun.misc.Signal                                     raise handle
            processes    java.lang.Runtime                                   exec
            processes    java.lang.ProcessBuilder                            *
            processes    java.lang.ProcessHandle                             * -current -pid -isAlive -equals -hashCode -compareTo
            environment  java.lang.System                                    getenv
            native-code  java.lang.System                                    load loadLibrary
            native-code  java.lang.Runtime                                   load loadLibrary
            native-code  java.lang.foreign.Linker                            *
            native-code  java.lang.foreign.SymbolLookup                      libraryLookup loaderLookup
            native-code  java.lang.foreign.MemorySegment                     reinterpret
            native-code  java.lang.foreign.AddressLayout                     withTargetLayout
            native-code  java.lang.ModuleLayer$Controller                    enableNativeAccess
            native-code  sun.misc.Unsafe                                     *
            dynamic-code java.lang.ClassLoader                               <init> defineClass
            dynamic-code java.security.SecureClassLoader                     <init> defineClass
            dynamic-code java.net.URLClassLoader                             *
            dynamic-code java.lang.ModuleLayer                               defineModules defineModulesWithOneLoader defineModulesWithManyLoaders
            dynamic-code java.lang.invoke.MethodHandles$Lookup               defineClass defineHiddenClass defineHiddenClassWithClassData
            dynamic-code javax.tools.ToolProvider                            *
            dynamic-code javax.script.ScriptEngineManager                    *
            dynamic-code com.sun.tools.attach.VirtualMachine                 *
            network      java.net.Socket                                     *
            network      java.net.ServerSocket                               *
            network      java.net.DatagramSocket                             *
            network      java.net.MulticastSocket                            *
            network      java.net.InetAddress                                getByName getAllByName getLocalHost getHostName getCanonicalHostName isReachable
            network      java.net.Inet4Address                               getByName getAllByName getLocalHost getHostName getCanonicalHostName isReachable
            network      java.net.Inet6Address                               getByName getAllByName getLocalHost getHostName getCanonicalHostName isReachable
            network      java.net.InetSocketAddress                          <init>(Ljava/lang/String; getHostName
            network      java.net.NetworkInterface                           *
            network      java.net.URL                                        openConnection openStream getContent
            network      java.net.URLConnection                              *
            network      java.net.HttpURLConnection                          *
            network      java.net.JarURLConnection                           *
            network      javax.net.ssl.HttpsURLConnection                    *
            network      java.net.http.HttpClient                            *
            network      java.net.http.HttpClient$Builder                    build
            network      java.nio.channels.SocketChannel                     open
            network      java.nio.channels.ServerSocketChannel               open
            network      java.nio.channels.DatagramChannel                   open
            network      java.nio.channels.AsynchronousSocketChannel         open
            network      java.nio.channels.AsynchronousServerSocketChannel   open
            network      java.nio.channels.spi.SelectorProvider              * -provider -openSelector -openPipe
            network      javax.net.SocketFactory                             * -getDefault
            network      javax.net.ServerSocketFactory                       * -getDefault
            network      javax.net.ssl.SSLSocketFactory                      * -getDefault -getDefaultCipherSuites -getSupportedCipherSuites
            network      javax.net.ssl.SSLServerSocketFactory                * -getDefault -getDefaultCipherSuites -getSupportedCipherSuites
            network      com.sun.net.httpserver.HttpServer                   *
            network      com.sun.net.httpserver.HttpsServer                  *
            network      javax.naming.InitialContext                         *
            network      javax.naming.directory.InitialDirContext            *
            network      javax.naming.ldap.InitialLdapContext                *
            network      javax.naming.spi.NamingManager                      *
            network      java.rmi.Naming                                     *
            network      java.rmi.registry.LocateRegistry                    *
            network      java.rmi.server.UnicastRemoteObject                 *
            network      javax.management.remote.JMXConnectorFactory         *
            network      javax.management.remote.JMXConnectorServerFactory   *
            network      java.sql.DriverManager                              getConnection
            files        java.io.File                                        * -<init> -getName -getParent -getParentFile -getPath -isAbsolute -getAbsolutePath -getAbsoluteFile -toPath -toURI -toString -equals -hashCode -compareTo
            files        java.io.FileInputStream                             *
            files        java.io.FileOutputStream                            *
            files        java.io.FileReader                                  *
            files        java.io.FileWriter                                  *
            files        java.io.RandomAccessFile                            *
            files        java.io.PrintStream                                 <init>(Ljava/lang/String; <init>(Ljava/io/File;
            files        java.io.PrintWriter                                 <init>(Ljava/lang/String; <init>(Ljava/io/File;
            files        java.util.Formatter                                 <init>(Ljava/lang/String; <init>(Ljava/io/File;
            files        java.util.Scanner                                   <init>(Ljava/io/File; <init>(Ljava/nio/file/Path;
            files        java.util.zip.ZipFile                               <init>
            files        java.util.jar.JarFile                               <init>
            files        java.util.logging.FileHandler                       *
            files        java.security.KeyStore                              getInstance(Ljava/io/File;
            files        java.nio.file.Files                                 *
            files        java.nio.file.Path                                  toRealPath register
            files        java.nio.file.FileSystem                            provider newWatchService getFileStores getRootDirectories
            files        java.nio.file.FileSystems                           newFileSystem
            files        java.nio.file.spi.FileSystemProvider                *
            files        java.nio.channels.FileChannel                       open
            files        java.nio.channels.AsynchronousFileChannel           open
            files        java.net.http.HttpRequest$BodyPublishers            ofFile
            files        java.net.http.HttpResponse$BodyHandlers             ofFile ofFileDownload
            files        java.net.http.HttpResponse$BodySubscribers          ofFile
            """;

    private static final Map<String, List<Rule>> RULES = read();

    private GuardedCalls() {}

    /**
     * One line of the table.
     *
     * @param only names, with or without the beginning of a descriptor; empty for every member
     * @param except names that are free
     */
    private record Rule(String type, Optional<Capability> needs, List<String> only, List<String> except) {
        boolean matches(String name, String descriptor) {
            return (only.isEmpty() || only.stream().anyMatch(member -> isMember(member, name, descriptor)))
                    && !except.contains(name);
        }

        private static boolean isMember(String member, String name, String descriptor) {
            return member.contains("(") ? (name + descriptor).startsWith(member) : member.equals(name);
        }

        Guarded guarded(String name) {
            return new Guarded(name.equals("<init>") ? "new " + type : type + "." + name, needs);
        }
    }

    /**
     * What guards a member, if anything does.
     *
     * @param owner the class as it stands at the call, in internal form: {@code java/lang/System}
     */
    static Optional<Guarded> find(String owner, String name, String descriptor) {
        return RULES.getOrDefault(owner, List.of()).stream()
                .filter(rule -> rule.matches(name, descriptor))
                .findFirst()
                .map(rule -> rule.guarded(name));
    }

    /** The classes with guarded members, as {@link Class#getName} writes them. */
    static List<String> types() {
        return RULES.keySet().stream()
                .map(type -> type.replace('/', '.'))
                .sorted()
                .toList();
    }

    /**
     * What guards the making of a subclass, through which guarded members could be called under another name; of classes that are guarded as
     * a whole.
     */
    static Optional<Guarded> findSuperclass(String owner) {
        return RULES.getOrDefault(owner, List.of()).stream()
                .filter(rule -> rule.only().isEmpty())
                .findFirst()
                .map(rule -> rule.guarded("<init>"));
    }

    private static Map<String, List<Rule>> read() {
        Map<String, Capability> capabilities = Stream.of(Capability.values())
                .collect(Collectors.toMap(Capabilities::nameOf, capability -> capability));
        Map<String, List<Rule>> rules = new HashMap<>();
        TABLE.lines().map(line -> line.split(" +")).forEach(words -> {
            List<String> members = Arrays.asList(words).subList(2, words.length);
            Rule rule = new Rule(
                    words[1].replace('$', '.'),
                    Optional.ofNullable(capabilities.get(words[0])),
                    members.stream()
                            .filter(member -> !member.startsWith("-") && !member.equals("*"))
                            .toList(),
                    members.stream()
                            .filter(member -> member.startsWith("-"))
                            .map(member -> member.substring(1))
                            .toList());
            rules.computeIfAbsent(words[1].replace('.', '/'), type -> new ArrayList<>())
                    .add(rule);
        });
        return Map.copyOf(rules);
    }
}
