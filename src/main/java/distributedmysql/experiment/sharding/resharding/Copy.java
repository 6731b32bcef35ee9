package distributedmysql.experiment.sharding.resharding;

import distributedmysql.history.RunClock;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;

/** Copies what must move of one source, from where an earlier copy has come to. */
record Copy(Movers.Moving moving, Pacing pacing, Watch watch) {
    void run() {
        RunClock clock = new RunClock();
        long read = 0;
        long after = moving.mover().copied();
        while (true) {
            Ending.refuse("copying rows");
            moving.goOn();
            Mover.Copied copied = moving.mover().copy(after, pacing.chunk());
            after = copied.upTo();
            read += copied.read();
            watch.copied(moving.source(), copied.read(), copied.moved());
            moving.all().state(watch.progress());
            if (copied.read() < pacing.chunk()) {
                // What comes later at this end is noted.
                return;
            }
            if (pacing.rowsPerSecond() > 0 && !clock.sleepUntil(read * 1_000_000 / pacing.rowsPerSecond())) {
                throw new TopologyException("interrupted while copying rows");
            }
        }
    }
}
