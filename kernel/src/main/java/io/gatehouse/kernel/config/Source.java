package io.gatehouse.kernel.config;

import io.gatehouse.kernel.config.hocon.KeyIndex;
import io.gatehouse.kernel.config.hocon.KeyPath;
import io.gatehouse.kernel.config.hocon.Position;

/**
 * One text that settings came from: a file or a {@code --set}.
 *
 * @param name the file, or {@code --set key}
 * @param rank its priority: what a higher one says wins
 * @param under where its keys stand in the whole; the root except for files included inside a section
 * @param index where its keys are
 * @param file whether it has lines
 */
record Source(String name, int rank, KeyPath under, KeyIndex index, boolean file) {
    Place place(Position position) {
        return file ? Place.at(rank, name, position) : Place.whole(rank, name);
    }
}
