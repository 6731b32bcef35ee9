package distributedmysql.experiment.failover;

import distributedmysql.topology.replicator.FailoverRecord;
import distributedmysql.topology.replicator.ReturnedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of a round, for the console. */
final class FailoverWords {
    private FailoverWords() {}

    /** @param round in which a replica was promoted */
    static List<String> of(FailoverRound round) {
        List<String> lines = new ArrayList<>(List.of(changed(round)));
        round.returns().forEach(returned -> lines.add(returned.node().name() + became(returned)));
        return lines;
    }

    private static String changed(FailoverRound round) {
        FailoverRecord record = round.record();
        Optional<Long> killed = round.killedMicros();
        if (!record.detection().probed()) {
            return record.former() + " was killed; " + record.promoted() + " took writes after "
                    + since(killed, record.promotedMicros());
        }
        return record.former() + " is dead, found after "
                + since(killed, record.detection().detectedMicros()) + "; " + record.promoted() + " took writes after "
                + (record.promotedMicros() - record.detection().detectedMicros()) / 1_000 + " ms more";
    }

    private static String since(Optional<Long> killed, long micros) {
        return killed.map(at -> (micros - at) / 1_000 + " ms").orElse("an unknown time");
    }

    private static String became(ReturnedServer returned) {
        if (!returned.problem().isEmpty()) {
            return " does not replicate from the new primary: " + returned.problem();
        }
        boolean diverged = returned.rejoin() != null && returned.rejoin().diverged();
        return " is a replica again"
                + (diverged
                        ? ", rebuilt: it had diverged by " + returned.rejoin().extraGtids()
                        : "");
    }
}
