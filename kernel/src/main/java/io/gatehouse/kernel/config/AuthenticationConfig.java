package io.gatehouse.kernel.config;

import java.time.Duration;
import java.util.List;

/**
 * Who may connect.
 *
 * @param chain module names in the order in which they are asked; an empty chain refuses everybody;
 *     default {@code [auth-builtin]}
 * @param deadline how long one call of a module may take, 10 ms to 10 min; default 5 s
 * @param moduleWait how long a CONNECT waits for a module of the chain that is absent, 0 to 10 min; default 3 s
 */
public record AuthenticationConfig(List<String> chain, Duration deadline, Duration moduleWait) {
    public AuthenticationConfig {
        chain = List.copyOf(chain);
    }
}
