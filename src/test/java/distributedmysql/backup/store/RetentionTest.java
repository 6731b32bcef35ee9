package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.backup.store.RetentionPlan.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private static Instant day(double day) {
        return START.plusSeconds(Math.round(day * DAY.toSeconds()));
    }

    private static Manifest full(String id, Instant at) {
        return backup(id, at, 0, Optional.empty());
    }

    private static Manifest incremental(String id, Instant at, String parent) {
        return backup(id, at, 0, Optional.of(parent));
    }

    private static Manifest backup(String id, Instant at, int shard, Optional<String> parent) {
        Kind kind = parent.isPresent() ? Kind.INCREMENTAL : Kind.FULL;
        return new Manifest(
                Manifest.FORMAT,
                id,
                new Origin(kind, "any", shard, "db1", "uuid", "8.0.33", parent),
                at,
                1,
                "",
                Optional.empty(),
                List.of());
    }

    private static Listing listing(List<Manifest> backups, String... wrong) {
        Judgement judgement = new Judgement(false, day(1), "tables differ");
        return new Listing(
                backups, List.of(), List.of(), Stream.of(wrong).collect(Collectors.toMap(id -> id, id -> judgement)));
    }

    private static Set<String> kept(RetentionPlan plan) {
        return plan.kept().stream().map(each -> each.backup().id()).collect(Collectors.toSet());
    }

    @Test
    @DisplayName("40 days of daily incrementals and weekly fulls: after each day, exactly what the rule says is there")
    void fortyDays() {
        Retention retention = new Retention(Duration.ofDays(10), 2);
        List<Manifest> there = new ArrayList<>();
        String last = "";
        for (int day = 0; day < 40; day++) {
            Manifest made = day % 7 == 0 ? full("full" + day, day(day)) : incremental("inc" + day, day(day), last);
            last = made.id();
            there.add(made);
            RetentionPlan plan = retention.plan(listing(there), day(day + 0.5));
            there.removeAll(plan.toRemove());
        }
        // At day 39.5, day 30 is the first that is not older than 10 days; it needs the days from its full one, 28, on.
        assertThat(there)
                .extracting(Manifest::id)
                .containsExactly(
                        "full28", "inc29", "inc30", "inc31", "inc32", "inc33", "inc34", "full35", "inc36", "inc37",
                        "inc38", "inc39");
    }

    @Test
    void saysWhy() {
        List<Manifest> backups = List.of(
                full("f1", day(0)),
                incremental("i1", day(1), "f1"),
                full("f2", day(7)),
                incremental("i2", day(20), "f2"),
                full("f3", day(8)),
                incremental("i3", day(9), "f3"));
        RetentionPlan plan = new Retention(Duration.ofDays(5), 1).plan(listing(backups), day(21));

        assertThat(plan.kept())
                .containsExactly(
                        new Decision(backups.get(2), "needed by i2"),
                        new Decision(backups.get(4), "among the newest 1 full backup"),
                        new Decision(backups.get(5), "built on f3"),
                        new Decision(backups.get(3), "not older than 120h"));
        assertThat(plan.toRemove()).extracting(Manifest::id).containsExactly("i1", "f1");
        assertThat(plan.removed().get(0).why()).startsWith("older than 120h, not among the newest 1 full backup");
    }

    @Test
    void exactlyAsOldAsAllowedIsKept() {
        List<Manifest> backups = List.of(full("old", day(0)), full("new", day(9)));
        Retention retention = new Retention(Duration.ofDays(10), 1);

        assertThat(kept(retention.plan(listing(backups), day(10)))).containsExactlyInAnyOrder("old", "new");
        assertThat(kept(retention.plan(listing(backups), day(10).plusMillis(1))))
                .containsExactly("new");
    }

    @Test
    void theNewestFullOneStaysHoweverOld() {
        assertThat(kept(new Retention(Duration.ZERO, 1).plan(listing(List.of(full("f", day(0)))), day(4000))))
                .containsExactly("f");
    }

    @Test
    void withoutAFullOneAgeAloneCounts() {
        List<Manifest> backups = List.of(incremental("i1", day(0), "gone"), incremental("i2", day(9), "i1"));
        Retention retention = new Retention(Duration.ofDays(5), 3);

        assertThat(kept(retention.plan(listing(backups), day(10)))).containsExactlyInAnyOrder("i1", "i2");
        assertThat(retention.plan(listing(backups), day(20)).toRemove())
                .extracting(Manifest::id)
                .containsExactly("i2", "i1");
    }

    @Test
    void aClockThatJumpsBackRemovesNothingYoung() {
        List<Manifest> backups = List.of(full("f", day(100)), incremental("i", day(50), "f"), full("g", day(99)));

        assertThat(kept(new Retention(Duration.ofDays(5), 1).plan(listing(backups), day(40))))
                .containsExactlyInAnyOrder("f", "i", "g");
    }

    @Test
    void aChainThatGoesOnPastANewerFullOneKeepsItsOwn() {
        List<Manifest> backups = List.of(
                full("f1", day(0)),
                incremental("i1", day(1), "f1"),
                full("f2", day(7)),
                incremental("i2", day(30), "i1"));

        assertThat(kept(new Retention(Duration.ofDays(5), 1).plan(listing(backups), day(31))))
                .containsExactlyInAnyOrder("f1", "i1", "f2", "i2");
    }

    @Test
    @DisplayName("What was found wrong counts as a full backup only if there are too few others")
    void foundWrong() {
        List<Manifest> backups = List.of(full("good", day(0)), full("wrong", day(1)), full("worse", day(2)));
        RetentionPlan plan = new Retention(DAY, 1).plan(listing(backups, "wrong", "worse"), day(9));

        assertThat(kept(plan)).containsExactly("good");
        assertThat(plan.removed()).allSatisfy(each -> assertThat(each.why()).endsWith("tables differ"));
        assertThat(kept(new Retention(DAY, 2).plan(listing(backups, "wrong", "worse"), day(9))))
                .containsExactlyInAnyOrder("good", "worse");
    }

    @Test
    void everyShardHasItsOwnNewestOnes() {
        List<Manifest> backups = List.of(
                backup("a1", day(0), 0, Optional.empty()),
                backup("b1", day(1), 1, Optional.empty()),
                backup("b2", day(2), 1, Optional.empty()));

        assertThat(kept(new Retention(Duration.ZERO, 1).plan(listing(backups), day(50))))
                .containsExactlyInAnyOrder("a1", "b2");
    }

    @Test
    void aChainThatComesBackToItselfEnds() {
        List<Manifest> backups = List.of(incremental("i1", day(0), "i2"), incremental("i2", day(1), "i1"));

        assertThat(new Retention(Duration.ofDays(1), 1)
                        .plan(listing(backups), day(9))
                        .removed())
                .hasSize(2);
    }

    @Test
    void oneFullBackupAtLeast() {
        assertThatThrownBy(() -> new Retention(Duration.ZERO, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @RepeatedTest(200)
    @DisplayName(
            "Any backups: what is kept is what whoever tries all ways keeps; nothing is removed before what needs it")
    void any(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Manifest> backups = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String parent = "b" + random.nextInt(-2, 27);
            Optional<String> of = random.nextInt(4) == 0 ? Optional.empty() : Optional.of(parent);
            backups.add(backup("b" + i, day(random.nextInt(40)), random.nextInt(2), of));
        }
        Collections.shuffle(backups, random);
        Retention retention = new Retention(Duration.ofDays(random.nextInt(15)), 1 + random.nextInt(3));
        Instant now = day(random.nextInt(60));

        RetentionPlan plan = retention.plan(listing(backups), now);

        assertThat(kept(plan)).isEqualTo(RetentionOracle.kept(retention, backups, now));
        assertThat(plan.kept().size() + plan.removed().size()).isEqualTo(backups.size());
        assertNoneBeforeItsChildren(plan);
    }

    private static void assertNoneBeforeItsChildren(RetentionPlan plan) {
        Set<String> gone = new HashSet<>();
        for (Manifest backup : plan.toRemove()) {
            gone.add(backup.id());
            Optional<Manifest> orphan = plan.toRemove().stream()
                    .filter(child -> child.parent().equals(Optional.of(backup.id())))
                    .filter(child -> !gone.contains(child.id()) && !RetentionOracle.isInCycle(child, plan.toRemove()))
                    .findFirst();
            assertThat(orphan).isEmpty();
        }
    }
}
