package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.kernel.jars.StoredJar;
import java.util.List;
import java.util.Optional;

/** Says which jars may run here at all, and what is known about them. Used by one thread at a time; blocks. */
interface JarJudge {
    /** Why this jar may not run; empty when it may. */
    Optional<String> refuse(StoredJar jar);

    /** The same, looking at the jar, the trust store and the clock once more: for a jar that is about to be brought in. */
    Optional<String> judgeAnew(StoredJar jar);

    /** Who signed it; empty when nobody did or nobody asked. */
    String signer(StoredJar jar);

    /** What it says it needs, in words for operators. */
    List<String> capabilities(StoredJar jar);

    /** What it may do; nothing when it may not run. */
    Capabilities declared(StoredJar jar);
}
