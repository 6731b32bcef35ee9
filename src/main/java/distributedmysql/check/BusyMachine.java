package distributedmysql.check;

import distributedmysql.history.MachineTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the client's machine was too busy with other things, in a span of time, for its figures to say something about the
 * servers.
 *
 * @param seconds of the span for which there are readings
 * @param busySeconds those of them in which at least one reason holds
 * @param longestStallMillis how late a sleeping thread of the client woke up at worst; the most that this machine can have
 *     delayed one step of one request
 * @param serversAreHere whether servers under test share this machine: what others take, the servers lack too
 * @param reasons the one that held longest first, each with how long it held; empty if none ever did
 */
public record BusyMachine(
        double seconds, double busySeconds, double longestStallMillis, boolean serversAreHere, List<String> reasons) {
    /** A request waits for this machine a few times, each at worst as long as its longest stall. */
    private static final int STALLS_OF_A_REQUEST = 10;

    public BusyMachine {
        reasons = List.copyOf(reasons);
    }

    private static final class Tally {
        double seconds;
        double weighted;
        double worst;

        void add(double length, double figure) {
            seconds += length;
            weighted += length * figure;
            worst = Math.max(worst, figure);
        }
    }

    /** @param span its stretches, none overlapping another */
    public static BusyMachine of(List<MachineTime> span) {
        Map<BusyReason, Tally> tallies = new EnumMap<>(BusyReason.class);
        double seconds = 0;
        double busy = 0;
        double stall = 0;
        for (MachineTime time : span) {
            boolean any = false;
            for (BusyReason reason : BusyReason.values()) {
                if (reason.holds(time)) {
                    tallies.computeIfAbsent(reason, first -> new Tally()).add(time.seconds(), reason.figure(time));
                    any = true;
                }
            }
            seconds += time.seconds();
            busy += any ? time.seconds() : 0;
            stall = Math.max(stall, time.longestStallMillis());
        }
        boolean serversAreHere = span.stream()
                .map(MachineTime::processors)
                .anyMatch(processors -> processors.hasServers() || Double.isNaN(processors.others()));
        return new BusyMachine(seconds, busy, stall, serversAreHere, texts(tallies, seconds));
    }

    private static List<String> texts(Map<BusyReason, Tally> tallies, double seconds) {
        List<Map.Entry<BusyReason, Tally>> longestFirst = new ArrayList<>(tallies.entrySet());
        longestFirst.sort((a, b) -> Double.compare(b.getValue().seconds, a.getValue().seconds));
        return longestFirst.stream()
                .map(entry -> {
                    Tally tally = entry.getValue();
                    double figure = entry.getKey() == BusyReason.STALL ? tally.worst : tally.weighted / tally.seconds;
                    return entry.getKey().text(figure)
                            + String.format(Locale.ROOT, " in %.1f of %.1f s", tally.seconds, seconds);
                })
                .toList();
    }

    /** Whether it was busy for at least this share of the span, from 0 to 1; never where there are no readings. */
    public boolean isBusy(double share) {
        return busySeconds > 0 && busySeconds >= share * seconds;
    }

    /** Whether it can have made one request, or one transaction's way to a replica, this much longer. */
    public boolean explains(double waitMillis) {
        return serversAreHere || waitMillis <= STALLS_OF_A_REQUEST * longestStallMillis;
    }

    /** All reasons in one line. */
    public String text() {
        return String.join("; ", reasons);
    }
}
