package io.gatehouse.authz.acl;

import io.gatehouse.authz.acl.rule.RuleSet;
import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.plugin.PluginHealth.Status;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force, and the file they follow.
 *
 * <pre>
 *   file good     -> its rules are in force, up
 *   file broken   -> the rules before stay in force, degraded, told once in the log
 *   file missing  -> the same
 * </pre>
 *
 * <p>Whether the file changed is seen by its content alone: time stamps miss what is written twice within one tick of the clock or
 * copied with its times. What may be seen of a file that is being written is its beginning, and the beginning of a list of which the first
 * match decides never decides otherwise than the whole, it only decides less; {@link AclWatch} makes even that unlikely.
 *
 * <p>Reading is for any thread; following and checking takes turns.
 */
final class AclPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(AclPolicy.class);

    private final PolicyChanges changes;

    private volatile RuleSet rules;
    private volatile Status status = new Status.Up();

    // Guarded by this.
    private AclFile file;
    private byte[] rulesDigest;
    private byte[] judgedDigest;
    private Status judgement = new Status.Up();
    private String told = "";
    private boolean announced = true;

    /**
     * Reads the rules for the first time.
     *
     * @throws AclFileException when they cannot be used; there is no policy then
     */
    AclPolicy(AclFile file, PolicyChanges changes) throws AclFileException {
        byte[] content = file.read();
        this.file = file;
        this.changes = changes;
        this.rules = file.compile(content);
        this.rulesDigest = digest(content);
        this.judgedDigest = rulesDigest;
        LOG.info("{}: {} rules are in force", file.path(), rules.size());
    }

    /** The rules in force. */
    RuleSet rules() {
        return rules;
    }

    /** Whether they are those of the file. */
    Status status() {
        return status;
    }

    /** Follows another file from now on. When that is not usable the rules in force stay, as after a broken edit. */
    synchronized void follow(AclFile other) {
        if (!file.equals(other)) {
            file = other;
            judgedDigest = new byte[0];
            checkNow();
        }
    }

    /** True when the file is not as it was judged last, or the last change could not be announced. */
    synchronized boolean needsCheck() {
        if (!announced) {
            return true;
        }
        try {
            return !Arrays.equals(digest(file.read()), judgedDigest) || !status.equals(judgement);
        } catch (AclFileException e) {
            return !told.equals(e.text());
        }
    }

    /** Takes over what the file says now, if that is good. */
    synchronized void checkNow() {
        try {
            byte[] content = file.read();
            byte[] digest = digest(content);
            if (!Arrays.equals(digest, judgedDigest)) {
                judge(content, digest);
            }
            status = judgement;
            if (status instanceof Status.Up) {
                mended();
            }
        } catch (AclFileException unreadable) {
            status = degraded(unreadable);
        }
        announce();
    }

    private void judge(byte[] content, byte[] digest) {
        judgedDigest = digest;
        try {
            RuleSet fresh = file.compile(content);
            judgement = new Status.Up();
            if (!Arrays.equals(digest, rulesDigest)) {
                LOG.info("{}: {} rules are in force now, {} before", file.path(), fresh.size(), rules.size());
                rulesDigest = digest;
                rules = fresh;
                announced = false;
            }
        } catch (AclFileException broken) {
            judgement = degraded(broken);
        }
    }

    private Status degraded(AclFileException reason) {
        if (!told.equals(reason.text())) {
            told = reason.text();
            LOG.error("The rules read before stay in force, because of the file they come from:\n{}", told);
        }
        return new Status.Degraded(reason.summary() + "; the rules read before stay in force until this is mended");
    }

    private void mended() {
        if (!told.isEmpty()) {
            told = "";
            LOG.info("{}: the file is good again", file.path());
        }
    }

    /** Sessions must be judged again by new rules; should that fail it is tried again at the next check. */
    private void announce() {
        if (!announced) {
            changes.changedForAll();
            announced = true;
        }
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing although every Java platform has it", e);
        }
    }
}
