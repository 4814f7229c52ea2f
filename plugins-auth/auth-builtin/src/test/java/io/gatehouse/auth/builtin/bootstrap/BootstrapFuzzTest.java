package io.gatehouse.auth.builtin.bootstrap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.auth.builtin.hash.Digest;
import io.gatehouse.auth.builtin.hash.ImportedHashes;
import io.gatehouse.auth.builtin.hash.ImportedHashes.Algorithm;
import io.gatehouse.auth.builtin.hash.SaltPosition;
import java.util.regex.Pattern;

/** Whatever bytes a bootstrap file has: it gives users, or one problem with a place. The corpus is beside, under resources. */
class BootstrapFuzzTest {
    private static final ImportedHashes HASHES =
            new ImportedHashes(Algorithm.SHA256, SaltPosition.PREFIX, Digest.SHA256, 1);
    private static final Pattern PLACE = Pattern.compile("fuzz\\.(csv|json):[1-9]\\d*:[1-9]\\d*: [A-Z][^\\n]*\\.");

    @FuzzTest
    void csvGivesUsersOrOneProblem(byte[] content) {
        parse("fuzz.csv", content);
    }

    @FuzzTest
    void jsonGivesUsersOrOneProblem(byte[] content) {
        parse("fuzz.json", content);
    }

    private static void parse(String name, byte[] content) {
        try {
            BootstrapFile.parse(name, content, HASHES).forEach(user -> {
                if (user.userId().isEmpty()) {
                    throw new AssertionError("a user without a name");
                }
            });
        } catch (BootstrapProblem e) {
            if (!PLACE.matcher(String.valueOf(e.getMessage())).matches()) {
                throw new AssertionError("no place in: " + e.getMessage(), e);
            }
        }
    }
}
