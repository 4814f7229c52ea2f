package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.admission.Admission;
import io.gatehouse.kernel.admission.AdmissionResult;
import io.gatehouse.kernel.admission.AdmissionResult.Admitted;
import io.gatehouse.kernel.admission.AdmissionResult.Refused;
import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.kernel.config.PluginsConfig;
import io.gatehouse.kernel.jars.PluginMemory;
import io.gatehouse.kernel.jars.PluginMemory.Remembered;
import io.gatehouse.kernel.jars.StoredJar;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets in what {@code plugins.trust} trusts and, where approval is required, an operator approved of. A jar is judged when it is brought
 * in, and again under each new configuration; in between the answer is remembered by its digest.
 */
public final class AdmissionJudge implements JarJudge {
    private final PluginMemory memory;
    private final Map<String, AdmissionResult> judged = new HashMap<>();
    private Admission admission;
    private boolean approvalRequired;

    /** Judges by this configuration, and by what was approved of or ran before. */
    public AdmissionJudge(PluginMemory memory, PluginsConfig config) {
        this.memory = memory;
        this.admission = new Admission(config.trust(), InstantSource.system());
        this.approvalRequired = config.approvalRequired();
    }

    /** From now on another configuration says who is trusted; what was judged is judged again. */
    void configure(PluginsConfig config) {
        admission = new Admission(config.trust(), InstantSource.system());
        approvalRequired = config.approvalRequired();
        judged.clear();
    }

    @Override
    public Optional<String> refuse(StoredJar jar) {
        return switch (judge(jar)) {
            case Refused refused -> Optional.of(refused.sentence());
            case Admitted admitted -> isApproved(jar) ? Optional.empty() : Optional.of(unapproved(jar, admitted));
        };
    }

    @Override
    public Optional<String> judgeAnew(StoredJar jar) {
        judged.remove(jar.sha256());
        return refuse(jar);
    }

    @Override
    public String signer(StoredJar jar) {
        return judge(jar) instanceof Admitted admitted ? admitted.signer().orElse("") : "";
    }

    @Override
    public List<String> capabilities(StoredJar jar) {
        return words(declared(jar));
    }

    @Override
    public Capabilities declared(StoredJar jar) {
        return judge(jar) instanceof Admitted admitted ? admitted.capabilities() : Capabilities.NONE;
    }

    private AdmissionResult judge(StoredJar jar) {
        return judged.computeIfAbsent(jar.sha256(), digest -> admission.judge(jar.copy()));
    }

    /** What ran before approval was asked for is approved of. */
    private boolean isApproved(StoredJar jar) {
        Remembered remembered = memory.of(jar.symbolicName());
        return !approvalRequired
                || remembered.approved().equals(jar.sha256())
                || remembered.history().contains(jar.sha256());
    }

    private static String unapproved(StoredJar jar, Admitted admitted) {
        List<String> needs = words(admitted.capabilities());
        return "it waits for an operator's approval; it "
                + (needs.isEmpty() ? "needs nothing special" : "wants " + String.join(", ", needs))
                + ": `gatehouse plugin enable " + jar.symbolicName() + "` approves of it";
    }

    private static List<String> words(Capabilities capabilities) {
        List<String> words = new ArrayList<>(capabilities.names());
        capabilities.publishesTo().forEach(filter -> words.add("publishes to " + filter));
        return words;
    }
}
