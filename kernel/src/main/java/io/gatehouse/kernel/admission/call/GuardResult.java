package io.gatehouse.kernel.admission.call;

/** What became of a class. */
public sealed interface GuardResult {
    /** It reaches for nothing that is guarded: the bytes as they are. */
    record Unchanged() implements GuardResult {}

    /** Its guarded calls throw {@link SecurityException}; everything else is as it was. */
    final class Rewritten implements GuardResult {
        private final byte[] bytes;

        Rewritten(byte[] bytes) {
            this.bytes = bytes;
        }

        /** A copy of the class file. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /**
     * It must not be loaded, because it cannot be rewritten.
     *
     * @param sentence why, and what to do, for an operator; without a full stop
     */
    record Refused(String sentence) implements GuardResult {}
}
