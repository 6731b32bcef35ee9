package distributedmysql.experiment.sharding.search;

import java.util.List;

/** What is wrong, as evidence: the first few, and how many more there are. */
final class Findings {
    private static final int MOST = 5;

    private Findings() {}

    static String of(List<String> all) {
        String first = String.join("; ", all.subList(0, Math.min(MOST, all.size())));
        return all.size() <= MOST ? first : first + "; and " + (all.size() - MOST) + " more";
    }
}
