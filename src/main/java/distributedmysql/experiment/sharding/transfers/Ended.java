package distributedmysql.experiment.sharding.transfers;

import java.util.Optional;

/**
 * What the harness keeps of a transfer, to judge by. Of one whose client was killed that is only which one was in flight, and at which
 * point.
 *
 * @param killed where; empty unless it ended so
 */
record Ended(Transfer transfer, TransferEnding ending, Optional<KillPoint> killed) {
    static Ended of(Transfer transfer, TransferEnding ending) {
        return new Ended(transfer, ending, Optional.empty());
    }

    static Ended killed(Transfer transfer, KillPoint point) {
        return new Ended(transfer, TransferEnding.KILLED, Optional.of(point));
    }

    boolean killedAt(KillPoint point) {
        return killed.filter(point::equals).isPresent();
    }

    /** For instance {@code transfer 17 of 17 …, killed between the two commits}. */
    @Override
    public String toString() {
        return transfer + ", " + ending.words()
                + killed.map(point -> " " + point.words()).orElse("");
    }
}
