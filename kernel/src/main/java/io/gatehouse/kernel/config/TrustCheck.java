package io.gatehouse.kernel.config;

import io.gatehouse.kernel.config.hocon.KeyPath;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds settings about trust that are right one by one and make no sense together. */
record TrustCheck(Checker checker) {
    private static final KeyPath TRUST = KernelKeys.PLUGINS_TRUST.path();
    private static final KeyPath STORE = KernelKeys.TRUST_STORE.path();
    private static final KeyPath ALLOW_LIST = KernelKeys.ALLOW_LIST.path();

    void check(TrustConfig trust) {
        if (trust.policy() == PluginTrust.SIGNED && trust.store().isEmpty()) {
            error(
                    TRUST,
                    "`" + TRUST + "` is signed, so `" + STORE
                            + "` must name the file with the certificates that may sign");
        }
        trust.store().filter(file -> !Files.isRegularFile(file)).ifPresent(this::noSuchFile);
        if (trust.policy() == PluginTrust.ALLOW_LISTED && trust.allowList().isEmpty()) {
            checker.problems().warning(checker.place(TRUST), "`" + ALLOW_LIST + "` is empty: every plugin is refused");
        }
    }

    private void noSuchFile(Path file) {
        error(STORE, "`" + STORE + "` names the file " + file + ", which does not exist or is not a regular file");
    }

    private void error(KeyPath path, String message) {
        checker.problems().error(checker.place(path), message);
    }
}
