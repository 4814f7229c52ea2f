package io.gatehouse.kernel.fuzz;

import io.gatehouse.kernel.codec.HexText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The inputs that are committed for the test of a decoder: files of {@link HexText} in the folder {@code corpus} beside it. */
public final class Corpus {
    private Corpus() {}

    /** The files, by name. */
    public static Stream<Path> files(Class<?> test) {
        URL folder = Objects.requireNonNull(test.getResource("corpus"));
        try (Stream<Path> files = Files.list(Path.of(uri(folder)))) {
            List<Path> all = files.sorted().toList();
            return all.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI uri(URL folder) {
        try {
            return folder.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is in one of them. */
    public static byte[] read(Path file) {
        try {
            return HexText.bytes(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in all of them. */
    public static Stream<byte[]> inputs(Class<?> test) {
        return files(test).map(Corpus::read);
    }
}
