package io.gatehouse.auth.builtin;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Makes configurations as Declarative Services would. */
final class Configurations {
    private Configurations() {}

    /** The defaults, except for these attributes. */
    static BuiltinConfiguration with(Map<String, ?> attributes) {
        return (BuiltinConfiguration) Proxy.newProxyInstance(
                BuiltinConfiguration.class.getClassLoader(),
                new Class<?>[] {BuiltinConfiguration.class},
                (proxy, method, arguments) -> attributes.containsKey(method.getName())
                        ? attributes.get(method.getName())
                        : method.getDefaultValue());
    }
}
