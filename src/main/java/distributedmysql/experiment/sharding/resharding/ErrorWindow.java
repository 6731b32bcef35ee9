package distributedmysql.experiment.sharding.resharding;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * When writes by the old map could be refused: from the moment when the first source refuses them (it has raised its version, or the
 * first write that it refuses has been sent) until the new map is known and the last write that was refused is acknowledged on its shard
 * by the new map. Times of the run's clock.
 */
record ErrorWindow(long beginMicros, long endMicros) {
    /** Empty if the old map still holds. */
    static Optional<ErrorWindow> of(PlayedRound played) {
        OptionalLong known = played.progress().decidedMicros();
        OptionalLong begin = LongStream.concat(
                        played.progress().raisedMicros().stream(),
                        played.refusals().writes().stream().mapToLong(Refusals.Refused::sentMicros))
                .min();
        if (known.isEmpty() || begin.isEmpty()) {
            return Optional.empty();
        }
        long end = played.refusals().writes().stream()
                .filter(write ->
                        write.shard() == played.round().change().after().shardOf(write.id()))
                .mapToLong(Refusals.Refused::endedMicros)
                .reduce(known.getAsLong(), Math::max);
        return Optional.of(new ErrorWindow(begin.getAsLong(), Math.max(begin.getAsLong(), end)));
    }

    double millis() {
        return (endMicros - beginMicros) / 1e3;
    }
}
