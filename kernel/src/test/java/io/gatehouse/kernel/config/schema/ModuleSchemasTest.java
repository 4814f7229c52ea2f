package io.gatehouse.kernel.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleSchemasTest {
    private static final String METATYPE = "OSGI-INF/metatype/x.xml";

    @TempDir
    private Path plugins;

    private void jar(String name, String... entries) {
        try (OutputStream out = Files.newOutputStream(plugins.resolve(name));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry(entries[i]));
                zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String metatype(String pid, String attributes) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0">
                  <OCD id="o" name="O">%s</OCD>
                  <Designate %s><Object ocdref="o"/></Designate>
                </metatype:MetaData>
                """.formatted(attributes, pid);
    }

    private ModuleSchema read(String module) {
        return ModuleSchemas.read(plugins).find(module).orElseThrow();
    }

    @Test
    void readsWhatBndWrites() {
        jar("a.jar", METATYPE, """
                <?xml version="1.0" encoding="UTF-8"?>
                <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.2.0" localization="OSGI-INF/l10n/x.C$Conf">
                  <OCD id="x.C$Conf" name="X" description="d">
                    <AD id="userIdType" type="String" name="User id type" default="username">
                      <Option label="u" value="username"/>
                      <Option label="" value="clientid"/>
                    </AD>
                    <AD id="memory.cost" type="Integer" name="Memory cost" min="1" max="10" default="5"/>
                    <AD id="names" type="String" cardinality="2147483647" name="Names" default=""/>
                    <AD id="urls" type="String" cardinality="2147483647" name="Urls" default="a\\,b,c"/>
                    <AD id="must" type="String" name="Must"/>
                    <AD id="bindPassword" type="Password" name="Bind password" required="false"/>
                    <AD id="c" type="Char" name="C" default="x"/>
                  </OCD>
                  <Designate pid="auth-x">
                    <Object ocdref="x.C$Conf"/>
                  </Designate>
                </metatype:MetaData>
                """);

        Optional<String> none = Optional.empty();
        assertThat(read("auth-x"))
                .isEqualTo(new ModuleSchema(
                        "auth-x",
                        false,
                        true,
                        List.of(
                                new Attribute(
                                        "userIdType",
                                        AttributeType.STRING,
                                        false,
                                        false,
                                        List.of("username"),
                                        none,
                                        none,
                                        List.of("username", "clientid")),
                                new Attribute(
                                        "memory.cost",
                                        AttributeType.INTEGER,
                                        false,
                                        false,
                                        List.of("5"),
                                        Optional.of("1"),
                                        Optional.of("10"),
                                        List.of()),
                                new Attribute(
                                        "names", AttributeType.STRING, true, false, List.of(), none, none, List.of()),
                                new Attribute(
                                        "urls",
                                        AttributeType.STRING,
                                        true,
                                        false,
                                        List.of("a,b", "c"),
                                        none,
                                        none,
                                        List.of()),
                                new Attribute(
                                        "must", AttributeType.STRING, false, true, List.of(), none, none, List.of()),
                                new Attribute(
                                        "bindPassword",
                                        AttributeType.PASSWORD,
                                        false,
                                        false,
                                        List.of(),
                                        none,
                                        none,
                                        List.of()),
                                new Attribute(
                                        "c",
                                        AttributeType.CHARACTER,
                                        false,
                                        false,
                                        List.of("x"),
                                        none,
                                        none,
                                        List.of()))));
    }

    @Test
    void knowsFactories() {
        jar("a.jar", METATYPE, metatype("factoryPid=\"auth-ldap\"", ""));

        assertThat(read("auth-ldap").factory()).isTrue();
    }

    @Test
    void knowsComponentsThatDescribeNothing() {
        jar(
                "a.jar",
                "META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nService-Component: OSGI-INF/b.xml, OSGI-INF/c.xml,OSGI-INF/gone.xml\n",
                METATYPE,
                metatype("pid=\"auth-b\"", ""),
                "OSGI-INF/b.xml",
                "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"auth-b\"/>",
                "OSGI-INF/c.xml",
                "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"auth-c\"/>");

        ModuleSchemas schemas = ModuleSchemas.read(plugins);

        assertThat(schemas.names()).containsExactlyInAnyOrder("auth-b", "auth-c");
        assertThat(read("auth-b").described()).isTrue();
        assertThat(read("auth-c").described()).isFalse();
    }

    @Test
    void leavesBrokenJarsOutAndReadsTheOthers() throws IOException {
        Files.writeString(plugins.resolve("0-not-a-zip.jar"), "half copied");
        jar("1-no-xml.jar", METATYPE, "half copied");
        jar("2-no-ocd.jar", METATYPE, "<MetaData><Designate pid=\"b\"><Object ocdref=\"o\"/></Designate></MetaData>");
        jar("3-type.jar", METATYPE, metatype("pid=\"c\"", "<AD id=\"a\" type=\"Colour\"/>"));
        Files.createDirectories(plugins.resolve("4-folder.jar"));
        jar("5-good.jar", METATYPE, metatype("pid=\"auth-x\"", ""));

        assertThat(ModuleSchemas.read(plugins).names()).containsExactly("auth-x");
    }

    @Test
    void theLastOfTwoVersionsCounts() {
        jar("x-1.0.0.jar", METATYPE, metatype("pid=\"auth-x\"", "<AD id=\"old\" type=\"String\"/>"));
        jar("x-1.1.0.jar", METATYPE, metatype("pid=\"auth-x\"", "<AD id=\"new\" type=\"String\"/>"));

        assertThat(read("auth-x").byKey()).containsOnlyKeys("new");
    }

    @Test
    void aFolderThatIsAbsentHoldsNothing() {
        assertThat(ModuleSchemas.read(plugins.resolve("gone")).names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><MetaData>&e;</MetaData>",
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\"><MetaData/>",
                "<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><MetaData a=\"&b;\"/>"
            })
    void refusesDocumentTypes(String start) {
        String designated = metatype("pid=\"auth-x\"", "");
        jar("a.jar", METATYPE, start, "OSGI-INF/metatype/y.xml", designated);
        jar("b.jar", METATYPE, designated.replace("<metatype:MetaData", "<!DOCTYPE x><metatype:MetaData"));

        assertThat(ModuleSchemas.read(plugins).names()).isEmpty();
    }

    @Test
    void refusesDescriptionsThatAreTooLargeOrTooMany() {
        jar("large.jar", METATYPE, metatype("pid=\"a\"", " ".repeat(1024 * 1024)));
        jar("wide.jar", METATYPE, metatype("pid=\"b\"", "<x/>".repeat(20_001)));
        String[] many = new String[202];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "OSGI-INF/metatype/" + i + ".xml";
            many[i + 1] = metatype("pid=\"c\"", "");
        }
        jar("many.jar", many);

        assertThat(ModuleSchemas.read(plugins).names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "memoryCost,memory-cost",
        "memory.cost,memory-cost",
        "memory_cost,memory-cost",
        "caURL,ca-url",
        "URLPath,url-path",
        "sha256Sum,sha256-sum",
        "timeoutMs,timeout-ms",
        "url,url"
    })
    void keysAreIdentifiersInLowerCaseWithDashes(String id, String key) {
        assertThat(Attribute.keyOf(id)).isEqualTo(key);
    }

    @Test
    void keysOfUndescribedModulesBecomeIdentifiers() {
        assertThat(Attribute.idOf("user-id-type")).isEqualTo("userIdType");
    }
}
