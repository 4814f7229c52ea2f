package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.gatehouse.kernel.config.schema.Attribute;
import io.gatehouse.kernel.config.schema.AttributeType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/**
 * A setting of a module, as its Metatype description declares it; read into what Config Admin takes: a wrapper type or a
 * {@code String}, or an array of it.
 */
record AttributeValue(Attribute attribute, SecretFiles secretFiles) implements ValueType<Object> {
    private static final int MAX_ELEMENTS = 10_000;
    private static final String HIDDEN = "; its value is not shown";

    @Override
    public Reading<Object> read(ConfigValue value) {
        if (!attribute.list()) {
            return element(value);
        }
        if (value.valueType() != ConfigValueType.LIST || ((ConfigList) value).size() > MAX_ELEMENTS) {
            return refuse(value);
        }
        List<Object> elements = new ArrayList<>();
        List<Reading.Fault> faults = new ArrayList<>();
        int index = 0;
        for (ConfigValue element : (ConfigList) value) {
            int at = index++;
            if (Resolution.isStandIn(element)) {
                continue;
            }
            switch (element(element)) {
                case Reading.Good<Object> good -> elements.add(good.value());
                case Reading.Bad<Object> bad ->
                    bad.faults().forEach(fault -> faults.add(new Reading.Fault(at, fault.message())));
            }
        }
        return faults.isEmpty() ? Reading.good(array(elements)) : new Reading.Bad<>(List.copyOf(faults));
    }

    private Object array(List<Object> elements) {
        Object array = Array.newInstance(AttributeNumbers.wrapper(attribute.type()), elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, elements.get(i));
        }
        return array;
    }

    private Reading<Object> element(ConfigValue value) {
        return switch (attribute.type()) {
            case PASSWORD -> secret(value);
            case STRING ->
                Scalars.text(value)
                        .filter(this::isAllowedText)
                        .<Reading<Object>>map(Reading::good)
                        .orElseGet(() -> refuseElement(value));
            case BOOLEAN ->
                Scalars.truth(value).<Reading<Object>>map(Reading::good).orElseGet(() -> refuseElement(value));
            case CHARACTER ->
                Scalars.text(value)
                        .filter(text -> text.length() == 1 && isOption(text))
                        .<Reading<Object>>map(text -> Reading.good(text.charAt(0)))
                        .orElseGet(() -> refuseElement(value));
            case BYTE, SHORT, INTEGER, LONG, FLOAT, DOUBLE ->
                AttributeNumbers.read(attribute, value)
                        .filter(number -> isOption(number.toString()))
                        .<Reading<Object>>map(Reading::good)
                        .orElseGet(() -> refuseElement(value));
        };
    }

    private Reading<Object> secret(ConfigValue value) {
        String text = Scalars.text(value).orElse("");
        if (value.valueType() == ConfigValueType.STRING && SecretFiles.isReference(text)) {
            return switch (secretFiles.read(text)) {
                case Reading.Good<String> good ->
                    isAllowedText(good.value()) ? Reading.good(good.value()) : refuseSecret(" (it is in a file)");
                case Reading.Bad<String> bad -> new Reading.Bad<>(bad.faults());
            };
        }
        return Scalars.text(value).isPresent() && isAllowedText(text) ? Reading.good(text) : refuseSecret("");
    }

    private Reading<Object> refuseSecret(String detail) {
        return Reading.bad("must be " + oneAllowed() + detail + HIDDEN);
    }

    private Reading<Object> refuseElement(ConfigValue value) {
        return Reading.bad("must be " + oneAllowed() + ", not " + Found.in(value));
    }

    private boolean isAllowedText(String text) {
        return isOption(text)
                && text.length() >= AttributeNumbers.bound(attribute.min()).orElse(0d)
                && text.length() <= AttributeNumbers.bound(attribute.max()).orElse(Double.MAX_VALUE);
    }

    private boolean isOption(String text) {
        return attribute.options().isEmpty() || attribute.options().contains(text);
    }

    @Override
    public boolean neverQuotes() {
        return attribute.type() == AttributeType.PASSWORD;
    }

    @Override
    public String allowed() {
        return attribute.list() ? "a list of which each element is " + oneAllowed() : oneAllowed();
    }

    private String oneAllowed() {
        if (!attribute.options().isEmpty()) {
            return String.join(" or ", attribute.options());
        }
        return switch (attribute.type()) {
            case PASSWORD -> "a secret text or \"file:/path\"" + bounds(" of ", " characters");
            case STRING -> "a text" + bounds(" of ", " characters");
            case BOOLEAN -> "true or false";
            case CHARACTER -> "one character";
            case BYTE, SHORT, INTEGER, LONG -> "a whole number" + bounds(" ", "");
            case FLOAT, DOUBLE -> "a number" + bounds(" ", "");
        };
    }

    private String bounds(String before, String after) {
        String min = attribute.min().orElse("");
        String max = attribute.max().orElse("");
        if (min.isEmpty() && max.isEmpty()) {
            return "";
        }
        String range =
                max.isEmpty() ? "at least " + min : min.isEmpty() ? "at most " + max : "from " + min + " to " + max;
        return before + range + after;
    }
}
