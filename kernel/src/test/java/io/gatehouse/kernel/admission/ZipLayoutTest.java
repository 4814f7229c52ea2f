package io.gatehouse.kernel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.PluginTrust;
import io.gatehouse.kernel.config.TrustConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zip files that different programs would read differently, and those that are broken. */
class ZipLayoutTest {
    private static final int END = 22;

    @TempDir
    Path folder;

    @Test
    void admitsAnOrdinaryJar() {
        assertThat(judge(TestJar.bundle().bytes())).isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void refusesEveryHalfCopy() {
        byte[] whole = TestJar.bundle().bytes();
        for (int length = 0; length < whole.length; length += 7) {
            assertThat(refusal(Arrays.copyOf(whole, length))).contains("it is not a whole zip file");
        }
    }

    @Test
    void refusesNoiseWithoutFalling() {
        byte[] whole = TestJar.bundle().bytes();
        for (int i = 0; i < whole.length; i++) {
            byte[] noisy = whole.clone();
            noisy[i] ^= (byte) 0x41;
            assertThat(judge(noisy)).isNotNull();
        }
    }

    @Test
    void refusesTwoEntriesOfOneName() {
        byte[] bytes =
                replaced(TestJar.bundle().with("acme/wordz.txt", "x").bytes(), "acme/wordz.txt", "acme/words.txt");

        assertThat(refusal(bytes)).startsWith("it has two entries named acme/words.txt");
    }

    @Test
    void refusesASecondManifestInAnotherCase() {
        assertThat(refusal(TestJar.bundle().with("META-INF/Manifest.mf", "x").bytes()))
                .startsWith("it has two entries named META-INF/");
        assertThat(refusal(TestJar.bundle().with("meta-inf/other", "x").bytes()))
                .startsWith("it has an entry with an unsafe name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escape.txt", "/etc/passwd", "a/../../b", "a\\b", "a//b", "./a", "a\u0001b"})
    void refusesNamesThatLeadElsewhere(String name) {
        assertThat(refusal(TestJar.bundle().with(name, "x").bytes())).startsWith("it has an entry with an unsafe name");
    }

    @Test
    void refusesALocalHeaderThatSaysAnotherName() {
        byte[] bytes = TestJar.bundle().bytes();
        overwrite(bytes, indexOf(bytes, "acme/words.txt", 0), "acme/Words.txt");

        assertThat(refusal(bytes)).startsWith("its directory and its content disagree about acme/words.txt");
    }

    @Test
    void refusesADirectoryThatSaysAnotherSize() {
        byte[] bytes = TestJar.bundle().bytes();
        int central = indexOf(bytes, "acme/words.txt", indexOf(bytes, "acme/words.txt", 0) + 1) - 46;
        bytes[central + 24]++;

        assertThat(refusal(bytes)).contains("disagree about acme/words.txt");
    }

    @Test
    void refusesContentThatDoesNotFitItsChecksum() {
        byte[] bytes = TestJar.bundle().bytes();
        int local = indexOf(bytes, "acme/Gate.class", 0);
        bytes[local + "acme/Gate.class".length() + 3] ^= 1;

        assertThat(judge(bytes)).isInstanceOf(AdmissionResult.Refused.class);
    }

    @Test
    void refusesBytesBeforeBetweenAndAfter() {
        byte[] bytes = TestJar.bundle().bytes();
        byte[] before = new byte[bytes.length + 4];
        System.arraycopy(bytes, 0, before, 4, bytes.length);
        byte[] comment = Arrays.copyOf(bytes, bytes.length + 3);
        comment[bytes.length - 2] = 3;

        assertThat(refusal(before)).contains("directory");
        assertThat(refusal(Arrays.copyOf(bytes, bytes.length + 1))).contains("other bytes at its end");
        assertThat(refusal(comment)).contains("comment");
        assertThat(refusal(withHiddenEntry(bytes))).contains("disagree about acme/Gate.class");
    }

    @Test
    void refusesEncryptedEntries() {
        byte[] bytes = TestJar.bundle().bytes();
        int central = indexOf(bytes, "acme/words.txt", indexOf(bytes, "acme/words.txt", 0) + 1) - 46;
        bytes[central + 8] |= 1;

        assertThat(refusal(bytes)).contains("encrypted");
    }

    @Test
    void refusesAJarWithoutManifest() {
        assertThat(refusal(TestJar.bundle().without("META-INF/MANIFEST.MF").bytes()))
                .startsWith("it has no META-INF/MANIFEST.MF");
    }

    @Test
    void refusesWhatUnpacksToMoreThanItSays() {
        byte[] bytes = TestJar.bundle().bytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int local = indexOf(bytes, "acme/words.txt", 0);
        int central = indexOf(bytes, "acme/words.txt", local + 1) - 46;
        int size = buffer.getInt(central + 24);
        for (int i = 0; i + 4 <= bytes.length; i++) {
            if (buffer.getInt(i) == size) {
                buffer.putInt(i, size - 1000);
            }
        }

        assertThat(refusal(bytes)).startsWith("its entry acme/words.txt is damaged");
    }

    /** Takes the last entry out of the directory; its bytes stay. */
    private static byte[] withHiddenEntry(byte[] bytes) {
        int central = indexOf(bytes, "acme/words.txt", indexOf(bytes, "acme/words.txt", 0) + 1) - 46;
        byte[] hidden = Arrays.copyOf(bytes, central + END);
        System.arraycopy(bytes, bytes.length - END, hidden, central, END);
        ByteBuffer end = ByteBuffer.wrap(hidden).order(ByteOrder.LITTLE_ENDIAN);
        end.putShort(central + 8, (short) 2).putShort(central + 10, (short) 2);
        end.putInt(central + 12, central - end.getInt(central + 16));
        return hidden;
    }

    private static byte[] replaced(byte[] bytes, String what, String by) {
        byte[] changed = bytes.clone();
        for (int at = indexOf(changed, what, 0); at >= 0; at = indexOf(changed, what, at)) {
            overwrite(changed, at, by);
        }
        return changed;
    }

    private static void overwrite(byte[] bytes, int at, String by) {
        byte[] name = by.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, bytes, at, name.length);
    }

    private static int indexOf(byte[] bytes, String what, int from) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(what, from);
    }

    private AdmissionResult judge(byte[] bytes) {
        TrustConfig trust = new TrustConfig(PluginTrust.ANY, Optional.empty(), Optional.empty(), Set.of());
        return new Admission(trust, InstantSource.system()).judge(TestJar.write(folder, bytes));
    }

    private String refusal(byte[] bytes) {
        return switch (judge(bytes)) {
            case AdmissionResult.Refused refused -> refused.sentence();
            case AdmissionResult.Admitted admitted -> throw new AssertionError(admitted);
        };
    }
}
