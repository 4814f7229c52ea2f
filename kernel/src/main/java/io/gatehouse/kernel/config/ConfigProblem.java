package io.gatehouse.kernel.config;

/**
 * Something in the configuration that is wrong or doubtful.
 *
 * @param place {@code file:line:column}, a file, or {@code --set key}
 * @param message what is wrong, what is allowed and what to do, in one sentence; never holds a secret
 */
public record ConfigProblem(String place, String message) {
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
