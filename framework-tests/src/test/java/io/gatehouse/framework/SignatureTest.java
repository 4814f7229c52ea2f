package io.gatehouse.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Why the kernel looks at signatures itself, before a jar comes here: the framework does not. */
public class SignatureTest extends FrameworkTest {
    @Test
    public void doesNotTellWhoSigned() throws Exception {
        Bundle signed = install("signed", "signed.jar");
        signed.start();

        assertThat(signed.findEntries("META-INF", "*.EC", false)).isNotNull();
        assertThat(signed.getSignerCertificates(Bundle.SIGNERS_ALL)).isEmpty();
    }

    @Test
    public void startsABundleThatWasChangedAfterItWasSigned() throws Exception {
        Bundle tampered = install("tampered", "tampered.jar");
        tampered.start();

        assertThat(tampered.getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(tampered.findEntries("META-INF", "*.EC", false)).isNotNull();
        assertThat(note(tampered)).isEqualTo("tampered");
    }

    private static String note(Bundle bundle) throws Exception {
        URL url = Objects.requireNonNull(bundle.getResource(TestBundles.NOTE));
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
