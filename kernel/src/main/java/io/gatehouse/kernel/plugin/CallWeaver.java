package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.admission.call.GuardResult;
import io.gatehouse.kernel.plugin.Rights.Right;
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

    @Override
    public void weave(WovenClass type) {
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
