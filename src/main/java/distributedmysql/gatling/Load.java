package distributedmysql.gatling;

import distributedmysql.report.StageRecorder;
import distributedmysql.workload.Share;
import java.util.List;

/**
 * The load of one stage.
 *
 * @param recorder of the stage; its plan says how fast or how many at once, and for how long
 * @param mix the shares add up to 100
 */
public record Load(StageRecorder recorder, List<Share> mix) {}
