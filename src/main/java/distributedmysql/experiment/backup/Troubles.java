package distributedmysql.experiment.backup;

import distributedmysql.check.Evidence;
import java.util.ArrayList;
import java.util.List;

/** What went wrong, and where: a reason that holds for several is told once. Not thread-safe. */
final class Troubles {
    private final List<String> places = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    /** @param place for instance the name of a backup */
    Troubles add(String place, String reason) {
        places.add(place);
        reasons.add(reason);
        return this;
    }

    boolean none() {
        return places.isEmpty();
    }

    /** Of all; empty if there is none. */
    String text() {
        return Evidence.placed(places, reasons);
    }
}
