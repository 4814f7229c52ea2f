package io.gatehouse.kernel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.gatehouse.kernel.plugin.module.HeldPlugins;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** The house plan: which room may use which. */
@AnalyzeClasses(packages = "io.gatehouse", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String KERNEL = "io.gatehouse.kernel.";

    /** Each may use only those before it. */
    private static final List<String> ROOMS = List.of(
            "packet",
            "regex",
            "topic",
            "config",
            "memory",
            "admission",
            "jars",
            "store",
            "session",
            "routing",
            "guard",
            "security",
            "payload",
            "plugin",
            "broker",
            "codec",
            "transport",
            "warmup",
            "bench",
            "control",
            "develop",
            "cli",
            "main");

    /** The same for the rooms behind that of plugins. */
    private static final List<String> PLUGIN_ROOMS = List.of(
            KERNEL + "plugin",
            KERNEL + "plugin.module",
            KERNEL + "plugin.osgi.felix",
            KERNEL + "plugin.osgi.rights",
            KERNEL + "plugin.osgi",
            KERNEL + "plugin.swap",
            KERNEL + "plugin.folder",
            KERNEL + "plugin.host");

    @ArchTest
    static final ArchRule noPackageCycles =
            slices().matching("io.gatehouse.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule osgiOnlyInItsRoom = noClasses()
            .that()
            .resideInAPackage("io.gatehouse.kernel..")
            .and()
            .resideOutsideOfPackage(room("plugin.osgi"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.osgi..", "org.apache.felix..");

    @ArchTest
    static final ArchRule nettyOnlyWhereBytesAre = noClasses()
            .that()
            .resideOutsideOfPackages(room("codec"), room("transport"), room("warmup"), room("bench"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule theSdkStandsOnItsOwn = classes()
            .that()
            .resideInAPackage("io.gatehouse.sdk..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.gatehouse.sdk..",
                    "java..",
                    "org.jspecify.annotations",
                    "org.osgi.annotation..", // for bnd, not there at run time
                    "org.osgi.service.component.annotations"));

    @ArchTest
    static final ArchRule noJavaUtilLogging =
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

    /** The command line has a terminal; the demo user's password is shown once, on it, and must not get into the log. */
    @ArchTest
    static final ArchRule nobodyPrints = noClasses()
            .that(not(resideInAnyPackage(room("cli"))))
            .and()
            .doNotHaveFullyQualifiedName(KERNEL + "main.DemoUser")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static void eachRoomUsesOnlyThoseAboveIt(JavaClasses house) {
        for (int i = 0; i < ROOMS.size(); i++) {
            String name = ROOMS.get(i);
            List<String> below = ROOMS.subList(i + 1, ROOMS.size()).stream()
                    .filter(other -> !(name.equals("cli") && other.equals("main")))
                    .map(ArchitectureTest::room)
                    .toList();
            usesNone(house, room(name), below);
        }
    }

    @ArchTest
    static void eachRoomOfPluginsUsesOnlyThoseAboveIt(JavaClasses house) {
        for (int i = 0; i < PLUGIN_ROOMS.size(); i++) {
            usesNone(house, PLUGIN_ROOMS.get(i), PLUGIN_ROOMS.subList(i + 1, PLUGIN_ROOMS.size()));
        }
    }

    private static void usesNone(JavaClasses house, String room, List<String> forbidden) {
        if (!forbidden.isEmpty()) {
            noClasses()
                    .that()
                    .resideInAPackage(room)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden.toArray(String[]::new))
                    .allowEmptyShould(true) // a room that nobody has moved into yet
                    .check(house);
        }
    }

    /** What is behind them may change without anybody noticing. A core that stands by itself holds its modules as the host does. */
    @ArchTest
    static final ArchRule pluginsAreKnownByTheirFace = noClasses()
            .that()
            .resideOutsideOfPackages(room("plugin"), room("main"))
            .and()
            .resideInAPackage("io.gatehouse.kernel..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(room("plugin"))
                    .and(not(resideInAnyPackage(KERNEL + "plugin")))
                    .and(not(type(HeldPlugins.class))));

    @ArchTest
    static void everyClassLivesInARoom(JavaClasses house) {
        Set<String> rooms = house.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(KERNEL))
                .map(name -> name.substring(KERNEL.length()).split("\\.", 2)[0])
                .collect(Collectors.toSet());

        assertThat(rooms).isSubsetOf(ROOMS);
        assertThat(house.stream().map(JavaClass::getPackageName).filter(name -> name.startsWith(KERNEL + "plugin")))
                .isSubsetOf(PLUGIN_ROOMS);
    }

    @ArchTest
    static void everyPackageSaysWhatMayBeNull(JavaClasses house) {
        Set<String> silent = house.stream()
                .map(JavaClass::getPackage)
                .filter(present -> !present.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());

        assertThat(silent).isEmpty();
    }

    private static String room(String name) {
        return KERNEL + name + "..";
    }
}
