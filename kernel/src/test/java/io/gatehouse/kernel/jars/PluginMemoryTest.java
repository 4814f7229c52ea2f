package io.gatehouse.kernel.jars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginMemoryTest {
    private Path file;

    @TempDir
    Path folder;

    @BeforeEach
    void name() {
        file = folder.resolve("memory.properties");
    }

    @Test
    void readsBackWhatItWrote() {
        new PluginMemory(file)
                .update("acme.x", before -> before.ran("a".repeat(64)).withDisabled(true));
        PluginMemory.Remembered read = new PluginMemory(file).of("acme.x");
        assertThat(read.disabled()).isTrue();
        assertThat(read.history()).containsExactly("a".repeat(64));
    }

    @Test
    void keepsDisabledWhatIsDisabledWhenTheRestOfTheFileIsLost() throws IOException {
        Files.writeString(file, "disabled/acme.x=true\nhisto");
        assertThat(new PluginMemory(file).of("acme.x").disabled()).isTrue();
    }

    @Test
    void beginsAnewWithAFileThatMakesNoSense() throws IOException {
        Files.write(file, new byte[] {(byte) 0xc3, 0x28, 0});
        assertThat(new PluginMemory(file).of("acme.x").disabled()).isFalse();
        Files.writeString(file, "history/acme.x=../../etc/passwd\\u12");
        assertThat(new PluginMemory(file).of("acme.x").history()).isEmpty();
    }
}
