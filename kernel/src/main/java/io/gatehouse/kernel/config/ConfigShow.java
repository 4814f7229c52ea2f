package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.gatehouse.kernel.config.hocon.KeyPath;
import java.util.List;

/** Writes the effective configuration for operators; secrets never get here unmasked. */
public final class ConfigShow {
    private ConfigShow() {}

    /**
     * HOCON, one setting a line, with the full key so that lines can be searched for and given to {@code --set}.
     *
     * @param origins whether each line is followed by a comment with the place that decided it
     */
    public static String text(ConfigResult result, boolean origins) {
        StringBuilder text = new StringBuilder();
        for (EffectiveSetting setting : result.settings()) {
            text.append(new KeyPath(setting.path())).append(" = ").append(setting.value());
            if (origins) {
                text.append("  # ").append(setting.origin());
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** One JSON object, nested as the sections are. */
    public static String json(ConfigResult result) {
        ConfigObject root = ConfigFactory.empty().root();
        for (EffectiveSetting setting : result.settings()) {
            ConfigValue value = ConfigFactory.parseString("value = " + setting.value())
                    .root()
                    .get("value");
            if (value != null) {
                root = nest(setting.path(), value).withFallback(root);
            }
        }
        return root.render(ConfigRenderOptions.defaults()
                .setOriginComments(false)
                .setComments(false)
                .setJson(true));
    }

    private static ConfigObject nest(List<String> path, ConfigValue value) {
        ConfigValue nested = value;
        for (String key : path.reversed()) {
            nested = ConfigFactory.empty().root().withValue(key, nested);
        }
        return (ConfigObject) nested;
    }
}
