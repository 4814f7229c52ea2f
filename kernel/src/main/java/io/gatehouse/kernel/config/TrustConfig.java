package io.gatehouse.kernel.config;

import io.gatehouse.sdk.mqtt.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Whose plugins are let in.
 *
 * @param policy default {@link PluginTrust#ANY}
 * @param store PEM certificates, or a PKCS#12 file, absolute; present when the policy is {@link PluginTrust#SIGNED}
 * @param storePassword of a PKCS#12 file; empty for one that has none
 * @param allowList SHA-256 of whole jars, 64 digits of lower-case hex each
 */
public record TrustConfig(
        PluginTrust policy, Optional<Path> store, Optional<Secret> storePassword, Set<String> allowList) {
    public TrustConfig {
        allowList = Set.copyOf(allowList);
    }
}
