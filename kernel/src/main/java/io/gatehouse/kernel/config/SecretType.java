package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.gatehouse.sdk.mqtt.Secret;
import java.util.Optional;

/**
 * A secret text, or the file that holds it; an empty text for none.
 *
 * @param files who reads such files; empty where the type only describes itself
 */
record SecretType(Optional<SecretFiles> files) implements ValueType<Optional<Secret>> {
    private static final int MAX_LENGTH = 4096;

    @Override
    public ValueType<Optional<Secret>> reading(SecretFiles secretFiles) {
        return new SecretType(Optional.of(secretFiles));
    }

    @Override
    public Reading<Optional<Secret>> read(ConfigValue value) {
        Optional<String> text = Scalars.text(value).filter(t -> t.length() <= MAX_LENGTH);
        if (text.isEmpty()) {
            return Reading.bad("must be " + allowed() + "; its value is not shown");
        }
        if (value.valueType() == ConfigValueType.STRING && SecretFiles.isReference(text.get())) {
            return switch (files.orElseThrow().read(text.get())) {
                case Reading.Good<String> good -> Reading.good(Optional.of(Secret.ofUtf8(good.value())));
                case Reading.Bad<String> bad -> new Reading.Bad<>(bad.faults());
            };
        }
        return Reading.good(text.filter(t -> !t.isEmpty()).map(Secret::ofUtf8));
    }

    @Override
    public boolean neverQuotes() {
        return true;
    }

    @Override
    public String allowed() {
        return "a secret text of at most " + MAX_LENGTH + " characters, or \"file:/path\"";
    }
}
