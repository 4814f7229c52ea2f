package io.gatehouse.auth.builtin.store;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that has the store open until its input ends. */
final class FileHolder {
    static final String HOLDING = "holding";

    private FileHolder() {}

    @SuppressWarnings("SystemOut") // the answer to the test that started the process
    public static void main(String[] arguments) throws IOException {
        try (UserStore store = UserStore.open(Path.of(arguments[0]))) {
            System.out.println(store.isOpen() ? HOLDING : "closed");
            while (System.in.read() >= 0) {
                // only the end of the input counts
            }
        }
    }
}
