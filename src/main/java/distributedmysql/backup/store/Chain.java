package distributedmysql.backup.store;

import java.util.ArrayList;
import java.util.List;

/**
 * What is restored to get to a backup: a full one, and the incremental ones from it on, each of which follows the one before.
 *
 * @param incrementals in the order in which they are applied
 */
public record Chain(Manifest full, List<Manifest> incrementals) {
    public Chain {
        incrementals = List.copyOf(incrementals);
    }

    /** In the order in which they are applied. */
    public List<Manifest> all() {
        List<Manifest> all = new ArrayList<>(incrementals);
        all.add(0, full);
        return List.copyOf(all);
    }
}
