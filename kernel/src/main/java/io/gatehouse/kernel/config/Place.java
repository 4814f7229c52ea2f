package io.gatehouse.kernel.config;

import io.gatehouse.kernel.config.hocon.Position;
import java.util.Comparator;

/**
 * Where a problem is.
 *
 * @param rank the order of the sources, so that problems can be sorted
 * @param position within the source
 * @param text how operators read it
 */
record Place(int rank, Position position, String text) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparingInt(Place::rank)
            .thenComparingInt(place -> place.position.line())
            .thenComparingInt(place -> place.position.column());

    /** A place that is a whole source, such as a file that cannot be read. */
    static Place whole(int rank, String text) {
        return new Place(rank, Position.START, text);
    }

    static Place at(int rank, String file, Position position) {
        return new Place(rank, position, file + ":" + position.line() + ":" + position.column());
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
