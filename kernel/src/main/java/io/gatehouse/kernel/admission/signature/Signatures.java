package io.gatehouse.kernel.admission.signature;

import io.gatehouse.kernel.admission.jar.JarScan;
import io.gatehouse.kernel.admission.jar.RefusedJar;
import java.security.CodeSigner;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says who signed a jar, if that somebody is trusted. */
public record Signatures(TrustStore trust, Instant now) {
    /**
     * The name of a trusted signer who signed all of it. Any thread; does not block.
     *
     * @throws RefusedJar when there is none, with the reason
     */
    public String signer(JarScan jar) throws RefusedJar {
        @Nullable RefusedJar first = null;
        for (CodeSigner signer : new Coverage(jar).signers()) {
            try {
                return new SignerCheck(trust, now).name(chain(signer));
            } catch (RefusedJar refused) {
                first = first == null ? refused : first;
            }
        }
        throw first == null ? new RefusedJar("it is not signed") : first;
    }

    private static List<X509Certificate> chain(CodeSigner signer) {
        List<X509Certificate> chain = new ArrayList<>();
        signer.getSignerCertPath().getCertificates().forEach(certificate -> chain.add((X509Certificate) certificate));
        return List.copyOf(chain);
    }
}
