package io.gatehouse.kernel.admission.call;

import io.gatehouse.kernel.admission.Capabilities;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.Optional;

/**
 * Takes from the classes of one plugin the calls that it did not declare. Immutable; any thread; does not block.
 *
 * <p>This keeps an honest plugin to its word and finds what a library does behind its author's back. It is no prison: reflection and code
 * of the platform that calls on behalf of the plugin are out of its sight (ADR 11).
 */
public final class CallGuard {
    private final String plugin;
    private final Capabilities capabilities;

    /**
     * A guard.
     *
     * @param plugin its symbolic name, for messages
     */
    public CallGuard(String plugin, Capabilities capabilities) {
        this.plugin = plugin;
        this.capabilities = capabilities;
    }

    /**
     * Rewrites one class before it is defined. Never throws for what the bytes hold.
     *
     * @param original a class file, which is not changed
     */
    public GuardResult rewrite(byte[] original) {
        try {
            ClassModel model = ClassFile.of().parse(original);
            GuardedReferences references = new GuardedReferences(model, capabilities);
            if (!references.anyIn(model)) {
                return new GuardResult.Unchanged();
            }
            return new GuardResult.Rewritten(new Rewriting(model, references, this::sentence).bytes());
        } catch (RuntimeException e) {
            // The class file library answers broken class files with exceptions of many kinds.
            return new GuardResult.Refused(
                    "a class of plugin " + plugin + " cannot be checked for what it calls (" + e.getMessage()
                            + "), so it is not loaded: compile it again for Java 8 or later with an unmodified compiler");
        }
    }

    private String sentence(Guarded guarded) {
        return Optional.of(guarded)
                .flatMap(Guarded::needs)
                .map(capability -> "plugin " + plugin + " calls " + guarded.call() + " without the capability "
                        + Capabilities.nameOf(capability) + ": put @Capabilities(Capability." + capability
                        + ") on one of its classes, or take the call out")
                .orElseGet(() -> "plugin " + plugin + " calls " + guarded.call()
                        + ", which would stop the broker and is never allowed: take the call out");
    }
}
