package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import distributedmysql.report.Plot.Axis;
import distributedmysql.report.Plot.Mark;
import distributedmysql.report.Plot.Point;
import distributedmysql.report.Plot.Series;
import distributedmysql.report.Plot.Style;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Requests answered and failed around something that was done, such as the kill of a server: its data, and its pictures. */
@JsonClassDescription("Requests answered and failed around something that was done, by when they ended.")
public record Timeline(
        @JsonPropertyDescription(
                "Where the first interval begins, in milliseconds from what was done; negative if it is before it.")
        @JsonRule("minimum: null")
        double fromMillis,

        @JsonPropertyDescription("Length of each interval, in milliseconds.") @JsonRule("exclusiveMinimum: 0")
        long intervalMillis,

        @JsonPropertyDescription("Writes that were answered, in each interval.") @JsonRule("items: {minimum: 0}")
        List<Integer> writesAnswered,

        @JsonPropertyDescription("Writes that failed, or whose end is unknown.") @JsonRule("items: {minimum: 0}")
        List<Integer> writesFailed,

        @JsonPropertyDescription("Reads that were answered.") @JsonRule("items: {minimum: 0}")
        List<Integer> readsAnswered,

        @JsonPropertyDescription("Reads that failed.") @JsonRule("items: {minimum: 0}")
        List<Integer> readsFailed,

        @JsonPropertyDescription("What happened meanwhile, in the order of time.")
        List<Moment> moments) {

    /** As it is for people who wait: a pause that is shorter is not seen. */
    private static final long SHORTEST_MILLIS = 100;

    private static final int MOST_INTERVALS = 300;
    private static final long[] STEPS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    /** Something that happened. */
    @JsonClassDescription("Something that happened.")
    public record Moment(
            @JsonPropertyDescription("In milliseconds from what was done; negative if before it.")
            @JsonRule("minimum: null")
            double millis,

            @JsonPropertyDescription("What it was.") String what) {}

    public Timeline {
        writesAnswered = List.copyOf(writesAnswered);
        writesFailed = List.copyOf(writesFailed);
        readsAnswered = List.copyOf(readsAnswered);
        readsFailed = List.copyOf(readsFailed);
        moments = List.copyOf(moments);
    }

    /** Counts requests by when they ended. Used by one thread. */
    public static final class Counts {
        private final long zeroMicros;
        private final long fromMicros;
        private final long intervalMillis;
        private final int[][] counts;

        /**
         * At most 300 intervals, of a tenth of a second where that is enough.
         *
         * @param zeroMicros when what was done was done
         * @param fromMicros when the first interval begins
         * @param toMicros when the last one ends; what is left over does not count
         */
        public Counts(long zeroMicros, long fromMicros, long toMicros) {
            this.zeroMicros = zeroMicros;
            this.fromMicros = fromMicros;
            long length = Math.max(0, toMicros - fromMicros) / 1_000;
            this.intervalMillis = Arrays.stream(STEPS)
                    .map(step -> step * SHORTEST_MILLIS)
                    .filter(step -> length / step <= MOST_INTERVALS)
                    .findFirst()
                    .orElse(length / MOST_INTERVALS + 1);
            this.counts = new int[4][(int) (length / intervalMillis)];
        }

        /** @param micros when it ended, on the clock of the others; what is outside does not count */
        public void write(long micros, boolean answered) {
            add(answered ? 0 : 1, micros);
        }

        /** The same of a read. */
        public void read(long micros, boolean answered) {
            add(answered ? 2 : 3, micros);
        }

        private void add(int kind, long micros) {
            long index = Math.floorDiv(micros - fromMicros, intervalMillis * 1_000);
            if (index >= 0 && index < counts[kind].length) {
                counts[kind][(int) index]++;
            }
        }

        /**
         * From the first interval on in which something ended: the load had not begun before it.
         *
         * @param happened those outside are left out
         */
        public Timeline with(List<Moment> happened) {
            int length = counts[0].length;
            int first = (int) IntStream.range(0, length)
                    .takeWhile(i -> Arrays.stream(counts).allMatch(kind -> kind[i] == 0))
                    .count();
            double from = (fromMicros - zeroMicros) / 1e3 + (double) first * intervalMillis;
            double to = from + (double) intervalMillis * (length - first);
            return new Timeline(
                    from,
                    intervalMillis,
                    list(counts[0], first),
                    list(counts[1], first),
                    list(counts[2], first),
                    list(counts[3], first),
                    happened.stream()
                            .filter(moment -> moment.millis() >= from && moment.millis() <= to)
                            .sorted(Comparator.comparingDouble(Moment::millis))
                            .toList());
        }

        private static List<Integer> list(int[] counts, int first) {
            return Arrays.stream(counts).skip(first).boxed().toList();
        }
    }

    /**
     * A picture of the writes and one of the reads, of those that there were.
     *
     * @param title of what was done, unlike those of others
     * @param from what the time counts from, for instance {@code the kill}
     */
    public List<Plot> plots(String title, String from) {
        List<Plot> plots = new ArrayList<>();
        plot(title + ": writes", from, writesAnswered, writesFailed, plots);
        plot(title + ": reads", from, readsAnswered, readsFailed, plots);
        return plots;
    }

    private void plot(String title, String from, List<Integer> answered, List<Integer> failed, List<Plot> plots) {
        if (sum(answered) + sum(failed) == 0) {
            return;
        }
        plots.add(new Plot(
                title,
                "Each bar is what ended in " + intervalMillis
                        + " ms. From one bar to the next is how long nobody was served, to " + intervalMillis
                        + " ms; what waited meanwhile is answered at its end, or fails when its time is up.",
                Axis.linear("time since " + from + ", ms"),
                Axis.linear("requests in " + intervalMillis + " ms"),
                List.of(bars("answered", answered), bars("failed", failed)),
                moments.stream()
                        .map(moment -> new Mark(moment.millis(), moment.what()))
                        .toList()));
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    /** In the middle of their intervals. */
    private Series bars(String name, List<Integer> counts) {
        return new Series(
                name,
                Style.BARS,
                IntStream.range(0, counts.size())
                        .mapToObj(i -> Point.of(fromMillis + (i + 0.5) * intervalMillis, (double) counts.get(i)))
                        .toList());
    }
}
