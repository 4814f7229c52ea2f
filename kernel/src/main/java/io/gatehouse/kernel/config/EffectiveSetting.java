package io.gatehouse.kernel.config;

import java.util.List;

/**
 * One setting as it is in effect.
 *
 * @param path its keys from the root
 * @param value its value as JSON; secrets are already masked
 * @param origin where it was set: {@code file:line:column}, {@code --set key} or {@code default}
 */
public record EffectiveSetting(List<String> path, String value, String origin) {
    public EffectiveSetting {
        path = List.copyOf(path);
    }
}
