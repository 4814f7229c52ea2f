package io.gatehouse.kernel.config;

import java.time.Duration;
import java.util.List;

/**
 * Interceptors by module name, in the order in which they are called.
 *
 * @param deadline how long one call of a blocking module may take, 10 ms to 10 min; default 5 s
 */
public record InterceptorsConfig(
        List<String> connect, List<String> publish, List<String> subscribe, List<String> delivery, Duration deadline) {
    public InterceptorsConfig {
        connect = List.copyOf(connect);
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
        delivery = List.copyOf(delivery);
    }
}
