package distributedmysql.experiment.quorumloss;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import distributedmysql.history.Ledger;
import distributedmysql.ledger.LedgerFigures;
import distributedmysql.ledger.LedgerTimeline;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Section;
import distributedmysql.report.Texts;
import distributedmysql.report.Timeline;
import distributedmysql.report.Timeline.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What became of a group's clients while it had no majority. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What became of a group's clients while it had no majority; absent if the servers are no group.")
public record QuorumLossSection(
        @JsonPropertyDescription("One for each kill of all members but the primary from which the group recovered.")
        List<Round> rounds,

        @JsonPropertyDescription("What went wrong; absent if nothing did.") @Nullable
        String problem,

        @JsonPropertyDescription("What became of the numbered writes.")
        LedgerFigures ledger)
        implements Section {

    /** One loss of the majority. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("One loss of the majority. All times are from when the other members were dead.")
    public record Round(
            @JsonPropertyDescription(
                    "How the group came to take writes again: bootstrap, a new group was made of the survivor, which had "
                            + "given up the old one; force-members, the survivor was told that it is the only member.")
            @JsonRule("enum: ['bootstrap', 'force-members']")
            String recovery,

            @JsonPropertyDescription("Name of the primary, which survived.")
            String survivor,

            @JsonPropertyDescription("Until the survivor found the others unreachable, in milliseconds.")
            double noticedMillis,

            @JsonPropertyDescription(
                    "Until the first write was refused because the group could not agree upon it (error 3100), in "
                            + "milliseconds; absent if none was.")
            @Nullable
            Double refusedMillis,

            @JsonPropertyDescription("Until the recovery was begun, in milliseconds.")
            double recoveryBegunMillis,

            @JsonPropertyDescription("Until the survivor took writes again, in milliseconds.")
            double recoveredMillis,

            @JsonPropertyDescription("Until all members were there again, in milliseconds.")
            double completeMillis,

            @JsonPropertyDescription(
                    "The numbered writes and the reads, from 3 s before it until all members were there again.")
            Timeline timeline) {
        private static final long BEFORE_MICROS = 3_000_000;

        static Round of(Ledger ledger, QuorumLoss loss, long repairedMicros) {
            OptionalLong refused = QuorumLossChecks.firstRefused(ledger, loss);
            return new Round(
                    loss.recovery().label(),
                    loss.survivor(),
                    millis(loss, loss.noticedMicros()),
                    refused.isPresent() ? Double.valueOf(millis(loss, refused.getAsLong())) : null,
                    millis(loss, loss.recoveryMicros()),
                    millis(loss, loss.recoveredMicros()),
                    millis(loss, repairedMicros),
                    timeline(ledger, loss, refused, repairedMicros));
        }

        private static Timeline timeline(Ledger ledger, QuorumLoss loss, OptionalLong refused, long repairedMicros) {
            List<Moment> moments = new ArrayList<>(List.of(
                    new Moment(0, "majority lost"),
                    new Moment(millis(loss, loss.noticedMicros()), "noticed"),
                    new Moment(millis(loss, loss.recoveryMicros()), "recovery begun"),
                    new Moment(millis(loss, loss.recoveredMicros()), "writes again"),
                    new Moment(millis(loss, repairedMicros), "complete")));
            refused.ifPresent(micros -> moments.add(new Moment(millis(loss, micros), "first write refused")));
            long from = Math.max(0, loss.lostMicros() - BEFORE_MICROS);
            return LedgerTimeline.of(ledger, loss.lostMicros(), from, repairedMicros, moments);
        }

        private static double millis(QuorumLoss loss, long micros) {
            return (micros - loss.lostMicros()) / 1e3;
        }
    }

    @Override
    public List<Metric> metrics() {
        OptionalDouble recovered = rounds.stream()
                .mapToDouble(round -> round.recoveredMillis - round.recoveryBegunMillis)
                .average();
        return recovered.isPresent() && recovered.getAsDouble() > 0
                ? List.of(Metric.lower("quorum loss: recovery until writes", "ms", recovered.getAsDouble()))
                : List.of();
    }

    @Override
    public List<Plot> plots() {
        return IntStream.range(0, rounds.size())
                .boxed()
                .flatMap(i -> rounds.get(i).timeline().plots("Quorum loss, round " + (i + 1), "the loss").stream())
                .toList();
    }

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        List<String> lines = new ArrayList<>();
        for (Round round : rounds) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Quorum loss, %s: %s; recovery begun after %.0f ms, writes again after %.0f ms, all members after %.0f ms",
                    round.recovery,
                    round.refusedMillis == null
                            ? "no write was refused"
                            : String.format(Locale.ROOT, "writes refused after %.0f ms", round.refusedMillis),
                    round.recoveryBegunMillis,
                    round.recoveredMillis,
                    round.completeMillis));
        }
        if (ledger.writes() != null) {
            lines.add("  " + ledger.writes().lost().count() + " of "
                    + ledger.writes().acknowledged() + " acknowledged writes lost");
        }
        if (problem != null) {
            lines.add("  went wrong: " + Texts.oneLine(problem));
        }
        return lines;
    }
}
