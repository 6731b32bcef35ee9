package distributedmysql.gatling;

import distributedmysql.load.data.Share;
import distributedmysql.load.record.StageRecorder;
import java.util.List;

/**
 * The load of one stage.
 *
 * @param recorder of the stage; its plan says how fast or how many at once, and for how long
 * @param mix the shares add up to 100
 */
public record Load(StageRecorder recorder, List<Share> mix) {}
