package io.gatehouse.kernel.plugin.osgi.rights;

import io.gatehouse.kernel.admission.call.GuardResult;
import io.gatehouse.kernel.plugin.osgi.rights.Rights.Right;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.weaving.WeavingException;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/**
 * Takes from the classes of plugins, as they are loaded, the calls that their jars did not declare. The framework calls it on whatever
 * thread loads a class.
 */
final class CallWeaver implements WeavingHook {
    private final Rights rights;

    CallWeaver(Rights rights) {
        this.rights = rights;
    }

    /** Felix drops a hook for good when it throws anything else than this exception: later classes would load as they are. */
    @Override
    public void weave(WovenClass type) {
        try {
            guard(type);
        } catch (WeavingException e) {
            throw e;
        } catch (Throwable e) {
            throw new WeavingException("a class could not be checked for what it calls, so it is not loaded", e);
        }
    }

    private void guard(WovenClass type) {
        Bundle bundle = type.getBundleWiring().getBundle();
        if (!Rights.isPlugin(bundle)) {
            return;
        }
        Right right = rights.of(bundle)
                .orElseThrow(() -> new WeavingException("nobody knows what plugin " + bundle.getSymbolicName()
                        + " may do, so none of its classes is loaded"));
        switch (right.guard().rewrite(type.getBytes())) {
            case GuardResult.Unchanged unchanged -> {}
            case GuardResult.Rewritten rewritten -> type.setBytes(rewritten.bytes());
            case GuardResult.Refused refused -> throw new WeavingException(refused.sentence());
        }
    }
}
