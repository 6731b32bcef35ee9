package distributedmysql.run;

import java.util.List;

/** Part of a simulation: for instance an experiment. */
public interface Part {
    /** What happens, one after the other. Called once, with the servers running and the data loaded. */
    List<Step> steps();
}
