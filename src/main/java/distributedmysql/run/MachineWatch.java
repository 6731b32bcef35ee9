package distributedmysql.run;

import distributedmysql.check.BusyMachine;
import distributedmysql.check.CheckResult;
import distributedmysql.check.MachineDoubt;
import distributedmysql.check.ServerSilence;
import distributedmysql.load.record.SilenceWatch;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.load.record.StageRecorders;
import distributedmysql.monitor.LoadTime;
import distributedmysql.monitor.machine.MachineLoad;
import distributedmysql.mysql.Node;
import distributedmysql.report.MachineUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Watches the machine that the client runs on, and says of checks and stages what its state leaves of them. Thread-safe. */
final class MachineWatch implements AutoCloseable {
    private final StageRecorders recorders;
    private final MachineLoad machine;
    private final SilenceWatch silences;
    /** With their addresses, by name. */
    private final Map<String, String> addresses;

    private final Map<String, LoadTime> parts = new HashMap<>();

    /** @param nodes the servers under test */
    MachineWatch(List<Node> nodes, StageRecorders recorders) {
        this.recorders = recorders;
        this.machine = new MachineLoad(nodes);
        this.silences = new SilenceWatch(recorders);
        this.addresses = nodes.stream().collect(Collectors.toMap(Node::name, Node::toString));
    }

    void start() {
        machine.start();
        silences.start();
    }

    /** What the check finds, with the state of this machine taken into account. */
    CheckResult judge(Check check) {
        CheckResult result = check.result();
        List<Timing> times = check.when().get();
        synchronized (this) {
            times.forEach(timing -> timing.what().ifPresent(what -> parts.put(what, timing.time())));
        }
        return MachineDoubt.judge(
                result, check.spoils(), times.stream().map(this::during).toList());
    }

    private MachineDoubt.During during(Timing timing) {
        return new MachineDoubt.During(busy(timing.time()), timing.share(), timing.waitMillis(), silent(timing.time()));
    }

    private List<ServerSilence> silent(LoadTime time) {
        // The two clocks, read together.
        Instant now = Instant.now();
        long nanos = System.nanoTime();
        return silences.during(time).stream()
                .map(silence -> new ServerSilence(
                        addresses.getOrDefault(silence.server(), silence.server()),
                        now.minusNanos(nanos - silence.time().fromNanos()),
                        seconds(silence.time()),
                        busy(silence.time()).longestStallMillis()))
                .toList();
    }

    /** Whether the servers answered all the time, as far as stages of the open model asked them. */
    Check serverSilence(String name, Supplier<List<StageRecorder>> stages) {
        return new Check(name, ServerSilence.MEANING, () -> {
                    List<LoadTime> open = open(stages.get());
                    return ServerSilence.check(
                            name,
                            open.stream().mapToDouble(MachineWatch::seconds).sum(),
                            open.stream().flatMap(time -> silent(time).stream()).toList());
                })
                .ofFigures(() -> open(stages.get()).stream()
                        .flatMap(time -> silences.during(time).stream())
                        .map(silence -> Timing.withoutFigures(silence.time(), Timing.HALF))
                        .toList());
    }

    private BusyMachine busy(LoadTime time) {
        return BusyMachine.of(machine.during(time));
    }

    private static List<LoadTime> open(List<StageRecorder> stages) {
        return stages.stream()
                .filter(stage -> stage.plan().targetQps().isPresent())
                .map(StageRecorder::steadyTime)
                .flatMap(Optional::stream)
                .toList();
    }

    private static double seconds(LoadTime time) {
        return (time.toNanos() - time.fromNanos()) / 1e9;
    }

    /** Null if nothing was read. */
    MachineUse report() {
        Map<String, LoadTime> all;
        synchronized (this) {
            all = new HashMap<>(parts);
        }
        for (StageRecorder stage : recorders.all()) {
            (stage.plan().isOwn() ? stage.loadTime() : stage.steadyTime())
                    .ifPresent(time -> all.put(stage.plan().name(), time));
        }
        List<Map.Entry<String, LoadTime>> inOrder = new ArrayList<>(all.entrySet());
        inOrder.sort(Comparator.comparingLong(entry -> entry.getValue().fromNanos()));
        List<MachineUse.Spoilt> spoilt = new ArrayList<>();
        inOrder.forEach(part -> {
            BusyMachine busy = busy(part.getValue());
            if (busy.isBusy(Timing.SOME)) {
                spoilt.add(MachineUse.Spoilt.of(part.getKey(), busy));
            }
        });
        return MachineUse.of(machine.during(machine.soFar()), spoilt);
    }

    @Override
    public void close() {
        machine.close();
        silences.close();
    }
}
