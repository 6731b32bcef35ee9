package distributedmysql.experiment.backup.command;

import distributedmysql.backup.store.Kind;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.ManifestObject;
import distributedmysql.backup.store.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Manifests of backups that nobody has made; the minutes of their moments are their numbers. */
final class Made {
    static final String UUID = "4ec9bf36-0000-0000-0000-000000000001";

    private Made() {}

    static Manifest full(int number, String intervals) {
        return backup(number, Kind.FULL, "clone", Optional.empty(), intervals);
    }

    static Manifest log(int number, Manifest parent, String intervals) {
        return backup(number, Kind.INCREMENTAL, "binlog", Optional.of(parent.id()), intervals);
    }

    /** By the user's own command. */
    static Manifest incremental(int number, Manifest parent, String intervals) {
        return backup(number, Kind.INCREMENTAL, "hooks", Optional.of(parent.id()), intervals);
    }

    private static Manifest backup(int number, Kind kind, String strategy, Optional<String> parent, String intervals) {
        Instant at = Instant.parse("2026-03-01T12:00:00Z").plusSeconds(60L * number);
        return new Manifest(
                Manifest.FORMAT,
                "20260301T12" + (10 + number) + "00-" + kind.label() + "-0000000" + number,
                new Origin(kind, strategy, 0, "db1", UUID, "8.0.33", parent),
                at,
                1.5,
                UUID + ":" + intervals,
                Optional.empty(),
                List.of(new ManifestObject("data.tar", 1, 4_800_000, 104_000_000, "0".repeat(64))));
    }
}
