package io.gatehouse.kernel.topic;

/** How far a search may go at the moment. A step is a look at one topic level or two. */
@FunctionalInterface
public interface Steps {
    /** As far as it goes. */
    Steps ALL = () -> true;

    /** Takes a step; false when none is left, and then none was taken. */
    boolean take();
}
