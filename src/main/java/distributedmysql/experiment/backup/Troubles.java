package distributedmysql.experiment.backup;

import distributedmysql.check.Evidence;
import java.util.ArrayList;
import java.util.List;

/** What went wrong, and where: a reason that holds for several is told once. Not thread-safe. */
final class Troubles {
    private final List<String> places = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();

    /**
     * @param place for instance the name of a backup
     * @param reason if it begins with a file of that place, this is the place
     */
    Troubles add(String place, String reason) {
        int end = reason.indexOf(": ");
        boolean named = end > 0 && reason.substring(0, end).contains(place);
        places.add(named ? reason.substring(0, end) : place);
        reasons.add(named ? reason.substring(end + 2) : reason);
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
