package io.gatehouse.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page on conformance is complete, and the tests that it names are there. */
class ConformanceDocumentTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Path DOCUMENT = REPOSITORY.resolve("docs").resolve("conformance.md");
    private static final Pattern ROW = Pattern.compile("\\| (MQTT-[0-9.]+-[0-9]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final Pattern METHOD = Pattern.compile("^ {4}void (\\w+)\\(", Pattern.MULTILINE);

    private record Row(String statement, String inShort, String tests) {}

    @ParameterizedTest
    @ValueSource(strings = {"5.0", "3.1.1"})
    void hasEachStatementOnceAndInItsPlace(String version) throws IOException {
        assertThat(rows(version).map(Row::statement)).containsExactlyElementsOf(statements(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0", "3.1.1"})
    void namesATestOrSaysWhyThereIsNone(String version) throws IOException {
        assertThat(rows(version))
                .allSatisfy(row -> assertThat(row.inShort()).isNotBlank())
                .allMatch(row -> TEST.matcher(row.tests()).find()
                        || row.tests().equals("client")
                        || row.statement().equals("MQTT-7.0.0-1"));
    }

    @Test
    void namesTestsThatAreThere() throws IOException {
        Map<String, List<String>> methods = methods();
        List<MatchResult> named =
                TEST.matcher(Files.readString(DOCUMENT)).results().toList();

        assertThat(named)
                .hasSizeGreaterThan(500)
                .allSatisfy(test -> assertThat(methods.get(test.group(1)))
                        .as(test.group(1))
                        .isNotNull()
                        .contains(test.group(2)));
    }

    private static Stream<Row> rows(String version) throws IOException {
        String section = Files.readString(DOCUMENT).split("\n## MQTT " + Pattern.quote(version) + "\n", 2)[1];
        return section.split("\n## ", 2)[0]
                .lines()
                .filter(line -> line.startsWith("| MQTT-"))
                .map(line -> {
                    var matcher = ROW.matcher(line);
                    assertThat(matcher.matches()).as(line).isTrue();
                    return new Row(matcher.group(1), matcher.group(2), matcher.group(3));
                });
    }

    private static List<String> statements(String version) throws IOException {
        try (InputStream list = ConformanceDocumentTest.class.getResourceAsStream("statements-" + version + ".txt")) {
            return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    /** The test methods of all modules by the simple names of their classes. */
    private static Map<String, List<String>> methods() throws IOException {
        try (Stream<Path> files = Files.find(
                REPOSITORY, 20, (path, attributes) -> path.toString().matches(".*/src/test/java/.*(Test|IT)\\.java"))) {
            return files.collect(Collectors.toMap(
                    file -> file.getFileName().toString().replace(".java", ""),
                    ConformanceDocumentTest::methodsOf,
                    (one, other) -> Stream.concat(one.stream(), other.stream()).toList()));
        }
    }

    private static List<String> methodsOf(Path file) {
        try {
            return METHOD.matcher(Files.readString(file))
                    .results()
                    .map(result -> result.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
