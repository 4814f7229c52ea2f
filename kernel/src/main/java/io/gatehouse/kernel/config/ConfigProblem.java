package io.gatehouse.kernel.config;

/** One thing that is wrong in the configuration. */
public record ConfigProblem(String place, String message) {
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
