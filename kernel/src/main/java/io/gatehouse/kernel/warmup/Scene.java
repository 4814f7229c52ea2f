package io.gatehouse.kernel.warmup;

import java.io.IOException;

/** A piece of what fleets do, played again and again on a {@link Stage}, by the stage's thread. */
@FunctionalInterface
interface Scene {
    /** Plays it once: some ten packets or more. */
    void play() throws IOException;
}
