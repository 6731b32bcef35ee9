package distributedmysql.run;

import java.util.List;

/**
 * The experiments of one jar: found with {@link java.util.ServiceLoader}, so that this package need not know one of them,
 * and a jar of yours can bring its own.
 */
public interface ExperimentList {
    /** In the order in which the reports have them. */
    List<Experiment> experiments();
}
