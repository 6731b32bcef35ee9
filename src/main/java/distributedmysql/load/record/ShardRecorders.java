package distributedmysql.load.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The requests of a stage that count, by the shard that they were sent to; of one to several shards, each part. Thread-safe. */
final class ShardRecorders {
    /** As many as there may be ({@code embedded.shards} and the like). */
    private static final int MOST = 16;

    private final AtomicReferenceArray<RoleRecorder> shards = new AtomicReferenceArray<>(MOST);

    void add(int shard, long micros, boolean succeeded) {
        RoleRecorder recorder = of(shard);
        if (succeeded) {
            recorder.latency.recordValue(micros);
        } else {
            recorder.errors.increment();
        }
    }

    private RoleRecorder of(int shard) {
        RoleRecorder recorder = shards.get(shard);
        if (recorder == null) {
            shards.compareAndSet(shard, null, new RoleRecorder());
            recorder = shards.get(shard);
        }
        return recorder;
    }

    /** Up to the last shard that was asked. */
    List<StageMeasurement.Requests> measured() {
        List<StageMeasurement.Requests> measured = new ArrayList<>();
        int last = MOST - 1;
        while (last >= 0 && shards.get(last) == null) {
            last--;
        }
        for (int shard = 0; shard <= last; shard++) {
            measured.add(of(shard).measured());
        }
        return measured;
    }
}
