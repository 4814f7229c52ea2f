package io.gatehouse.kernel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.plugin.Capability;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifest headers, read strictly. */
class CapabilityHeadersTest {
    @Test
    void readsAllThree() {
        assertThat(good("network, files,native-code , files", "status/#,$SYS/acme/+", "true"))
                .isEqualTo(new Capabilities(
                        Set.of(Capability.NETWORK, Capability.FILES, Capability.NATIVE_CODE),
                        List.of("status/#", "$SYS/acme/+"),
                        true));
        assertThat(good("network", "a", "false").exclusive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "network,", "Network", "native_code", "net work", "network;files", "\"network\""})
    void refusesWhatIsNoCapability(String header) {
        assertThat(bad(CapabilityHeaders.CAPABILITIES, header)).contains("which this version does not know");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;b", "a#", "+a", "a/#/b", "\"a\"", "a\u0007"})
    void refusesWhatIsNoTopicFilter(String header) {
        assertThat(bad(CapabilityHeaders.PUBLISHES_TO, header))
                .contains("which is no topic filter")
                .isPrintable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "TRUE", "1"})
    void refusesWhatIsNeitherTrueNorFalse(String header) {
        assertThat(bad(CapabilityHeaders.EXCLUSIVE, header)).contains("must be true or false");
    }

    @Test
    void refusesTooMuch() {
        assertThat(bad(CapabilityHeaders.CAPABILITIES, "files,".repeat(1000) + "files"))
                .contains("more than 256");
        assertThat(bad(CapabilityHeaders.PUBLISHES_TO, "a/".repeat(1000) + "a")).hasSizeLessThan(300);
    }

    @ParameterizedTest
    @CsvSource({"status/a,true", "status,true", "alerts,false", "a/x/b,true", "a/x,false"})
    void aPluginMayPublishToWhatItDeclared(String topic, boolean may) {
        assertThat(new Capabilities(Set.of(), List.of("status/#", "a/+/b"), false).mayPublishTo(topic))
                .isEqualTo(may);
        assertThat(Capabilities.NONE.mayPublishTo(topic)).isFalse();
    }

    private static Capabilities good(String capabilities, String publishesTo, String exclusive) {
        Attributes attributes = attributes(CapabilityHeaders.CAPABILITIES, capabilities);
        attributes.putValue(CapabilityHeaders.PUBLISHES_TO, publishesTo);
        attributes.putValue(CapabilityHeaders.EXCLUSIVE, exclusive);
        return switch (CapabilityHeaders.read(attributes)) {
            case CapabilityHeaders.Result.Good good -> good.capabilities();
            case CapabilityHeaders.Result.Bad bad -> throw new AssertionError(bad.sentence());
        };
    }

    private static String bad(String header, String value) {
        return switch (CapabilityHeaders.read(attributes(header, value))) {
            case CapabilityHeaders.Result.Good good -> throw new AssertionError(good);
            case CapabilityHeaders.Result.Bad bad -> bad.sentence();
        };
    }

    private static Attributes attributes(String header, String value) {
        Attributes attributes = new Attributes();
        attributes.putValue(header, value);
        return attributes;
    }
}
