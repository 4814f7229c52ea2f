package io.gatehouse.kernel.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stub. */
public record ConfigResult(
        @Nullable GatehouseConfig config, List<ConfigProblem> errors, List<ConfigProblem> warnings) {}
