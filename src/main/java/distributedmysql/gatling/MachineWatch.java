package distributedmysql.gatling;

import distributedmysql.check.BusyMachine;
import distributedmysql.check.CheckResult;
import distributedmysql.check.MachineDoubt;
import distributedmysql.check.ServerSilence;
import distributedmysql.monitor.LoadTime;
import distributedmysql.monitor.machine.MachineLoad;
import distributedmysql.report.MachineUse;
import distributedmysql.report.SilenceWatch;
import distributedmysql.report.StageRecorder;
import distributedmysql.report.StageRecorders;
import distributedmysql.topology.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watches the machine that the client runs on, and says of checks and stages what its state leaves of them. Thread-safe. */
final class MachineWatch implements AutoCloseable {
    private final StageRecorders recorders;
    private final MachineLoad machine;
    private final SilenceWatch silences;
    private final Map<String, LoadTime> parts = new HashMap<>();

    /** @param nodes the servers under test */
    MachineWatch(List<Node> nodes, StageRecorders recorders) {
        this.recorders = recorders;
        this.machine = new MachineLoad(nodes);
        this.silences = new SilenceWatch(recorders);
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
            times.forEach(timing -> parts.put(timing.what(), timing.time()));
        }
        return MachineDoubt.judge(
                result, check.spoils(), times.stream().map(this::during).toList());
    }

    private MachineDoubt.During during(Timing timing) {
        List<ServerSilence> silent = silences.during(timing.time()).stream()
                .map(silence -> new ServerSilence(
                        silence.server(),
                        (silence.time().toNanos() - silence.time().fromNanos()) / 1e9,
                        machine.busy(silence.time()).longestStallMillis()))
                .toList();
        return new MachineDoubt.During(machine.busy(timing.time()), timing.share(), timing.waitMillis(), silent);
    }

    /** Null if nothing was read. */
    MachineUse report() {
        Map<String, LoadTime> all;
        synchronized (this) {
            all = new HashMap<>(parts);
        }
        for (StageRecorder stage : recorders.all()) {
            stage.steadyTime().ifPresent(time -> all.put(stage.plan().name(), time));
        }
        List<Map.Entry<String, LoadTime>> inOrder = new ArrayList<>(all.entrySet());
        inOrder.sort(Comparator.comparingLong(entry -> entry.getValue().fromNanos()));
        List<MachineUse.Spoilt> spoilt = new ArrayList<>();
        inOrder.forEach(part -> {
            BusyMachine busy = machine.busy(part.getValue());
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
