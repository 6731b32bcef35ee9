package distributedmysql.run;

import distributedmysql.load.record.CountedLoad;
import distributedmysql.report.Section;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One experiment in one run. Thread-safe: a run may end at any time. */
public interface ExperimentRun extends Part, AutoCloseable {
    /**
     * What it measured so far, for the reports; empty if there is nothing to say.
     *
     * @param busy the parts of the run whose figures this machine may have spoilt, such as the names of stages
     */
    Optional<Section> section(Set<String> busy);

    /** Its loads that are no stages, as far as their failures are failures of the run, and they are load of all shards. */
    default List<CountedLoad> loads() {
        return List.of();
    }

    /** Ends what still records, and heals what is broken. Does nothing the second time. */
    @Override
    void close();
}
