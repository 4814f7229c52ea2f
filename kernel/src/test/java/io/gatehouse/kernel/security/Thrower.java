package io.gatehouse.kernel.security;

/** Throws anything from anywhere, as plugins written in other languages may. */
final class Thrower {
    private Thrower() {}

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "DoNotCallSuggester"})
    static <T extends Throwable, V> V sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
