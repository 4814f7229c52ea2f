package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.broker.BoundsReport;
import java.util.Map;

/** Reports of bounds for those that only show them. */
public final class BoundsReports {
    /** Nothing has been bounded yet. */
    public static final BoundsReport NONE = new BoundsReport(Map.of(), 0, 0, 0, 0, 0, 0, 0, "normal");

    private BoundsReports() {}
}
