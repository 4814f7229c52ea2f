package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigValue;

/** An address and a port to listen on. */
record BindType() implements ValueType<BindAddress> {
    @Override
    public Reading<BindAddress> read(ConfigValue value) {
        return Scalars.text(value)
                .flatMap(BindAddress::parse)
                .map(Reading::good)
                .orElseGet(() -> refuse(value));
    }

    @Override
    public String allowed() {
        return "address:port in double quotes, such as \"127.0.0.1:1883\" or \"[::1]:1883\", with a port from 0 to 65535";
    }
}
