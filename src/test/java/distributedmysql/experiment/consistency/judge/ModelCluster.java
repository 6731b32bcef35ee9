package distributedmysql.experiment.consistency.judge;

import distributedmysql.history.Completion;
import distributedmysql.history.Header;
import distributedmysql.history.History;
import distributedmysql.history.Invocation;
import distributedmysql.history.Operation;
import distributedmysql.history.Outcome;
import distributedmysql.history.Plan;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A model of a primary with two replicas that apply its log in order, each at its own pace, and of sessions that use it:
 * it makes random histories of a correct system, or of one with one fault. Tests checkers; stands for no server.
 */
final class ModelCluster {
    enum Fault {
        NONE,
        /** A replica leaves out the last write. */
        WRITE_LOST,
        /** A write of which the client was told that it failed is applied. */
        FAILED_WRITE_APPLIED,
        /** A read under gtid-wait does not wait. */
        NO_WAIT,
        /** A sticky session changes its replica. */
        NOT_STICKY,
        /** A replica applies pairs of writes in the wrong order. */
        REORDERED,
        /** A row changes on its way. */
        CORRUPT
    }

    private record Entry(long key, long version) {}

    private static final int PROCESSES = 8;
    private static final int KEYS = 2 * PROCESSES;
    private static final int STEPS = 10_000;
    private static final List<String> NODES = List.of("node1", "node2", "node3");

    private final Fault fault;
    private final Random random;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Entry> log = new ArrayList<>();
    private final List<Map<Long, Long>> data = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
    private final int[] applied = new int[NODES.size()];
    private final long[] tried = new long[KEYS];
    // By process: how much of the log it has made or seen, and what it read last.
    private final int[] token = new int[PROCESSES];
    private final Write.Basis[] basis = new Write.Basis[PROCESSES];
    private final int[] lastRead = new int[PROCESSES];
    private long now = 1;

    ModelCluster(Fault fault, long seed) {
        this.fault = fault;
        this.random = new Random(seed);
        java.util.Arrays.fill(basis, Write.Basis.NONE);
    }

    History run() {
        for (int step = 0; step < STEPS; step++) {
            int process = random.nextInt(PROCESSES);
            if (random.nextInt(3) == 0) {
                write(process);
            } else {
                read(process);
            }
            for (int node = 1; node < NODES.size(); node++) {
                if (random.nextInt(12 * node) == 0) {
                    apply(node, log.size() - random.nextInt(5));
                }
            }
        }
        readFinally();
        Plan plan = new Plan(EnumSet.of(Probe.SESSION, Probe.FINAL_READ), EnumSet.allOf(Strategy.class), List.of(), 1);
        return History.of(new Header(Instant.EPOCH, "node1", NODES.subList(1, 3), plan, Map.of()), operations);
    }

    /** Each process is the writer of two keys. */
    private void write(int process) {
        int key = process + PROCESSES * random.nextInt(2);
        long version = ++tried[key];
        int dice = random.nextInt(20);
        Completion ending = dice == 0 ? HandWritten.FAILED : dice == 1 ? HandWritten.BROKEN : Completion.OK;
        boolean unknownButApplied = ending.outcome() == Outcome.UNKNOWN && random.nextBoolean();
        boolean failedButApplied = ending.outcome() == Outcome.FAIL && fault == Fault.FAILED_WRITE_APPLIED;
        if (ending.isOk() || unknownButApplied || failedButApplied) {
            log.add(new Entry(key, version));
            apply(0, log.size());
        }
        Invocation call = call(process, Probe.SESSION, key, 0);
        operations.add(new Write(call, ending, version, "", basis[process]));
        if (ending.isOk()) {
            token[process] = log.size();
        }
    }

    private void read(int process) {
        Strategy strategy = Strategy.values()[process % Strategy.values().length];
        int replica = 1 + random.nextInt(2);
        int node = switch (strategy) {
            case PRIMARY -> 0;
            case STICKY -> fault == Fault.NOT_STICKY ? replica : 1 + process / 4 % 2;
            case REPLICA, GTID_WAIT -> replica;
        };
        if (strategy == Strategy.GTID_WAIT && fault != Fault.NO_WAIT) {
            apply(node, Math.max(applied[node], token[process]));
        }
        long key = nextKey(process);
        long version = show(process, strategy, Probe.SESSION, node, key);
        token[process] = Math.max(token[process], log.lastIndexOf(new Entry(key, version)) + 1);
        if (version > 0 && key % PROCESSES != process) {
            basis[process] = new Write.Basis(key, version);
        }
    }

    /** Often the key that was read before, or the other key of its writer: there the guarantees are at stake. */
    private long nextKey(int process) {
        lastRead[process] = switch (random.nextInt(3)) {
            case 0 -> lastRead[process];
            case 1 -> (lastRead[process] + PROCESSES) % KEYS;
            default -> random.nextInt(KEYS);
        };
        return lastRead[process];
    }

    private void readFinally() {
        for (int node = 0; node < NODES.size(); node++) {
            apply(node, log.size());
            if (fault == Fault.WRITE_LOST && node == 2) {
                Entry last = log.get(log.size() - 1);
                data.get(node).put(last.key(), last.version() - 1);
            }
            for (long key = 0; key < KEYS; key++) {
                show(0, Strategy.PRIMARY, Probe.FINAL_READ, node, key);
            }
        }
    }

    private long show(int process, Strategy strategy, Probe probe, int node, long key) {
        long version = data.get(node).getOrDefault(key, 0L);
        boolean intact = !(fault == Fault.CORRUPT && version > 0 && random.nextInt(500) == 0);
        Invocation call = call(process, probe, key, node);
        Read.Answer answer = new Read.Answer(version, intact);
        operations.add(new Read(call, Completion.OK, strategy, Read.After.NOTHING, answer, Read.GtidWait.NONE));
        return version;
    }

    private void apply(int node, int until) {
        int end = Math.min(until, log.size());
        while (applied[node] < end) {
            int next = applied[node]++;
            if (fault == Fault.REORDERED && node > 0 && next + 1 < log.size() && next % 2 == 0) {
                put(node, next + 1);
            } else {
                put(node, fault == Fault.REORDERED && node > 0 && next % 2 == 1 ? next - 1 : next);
            }
        }
    }

    private void put(int node, int place) {
        data.get(node).put(log.get(place).key(), log.get(place).version());
    }

    private Invocation call(int process, Probe probe, long key, int node) {
        now += 10;
        return new Invocation(process, probe, key, NODES.get(node), now - 5, now);
    }
}
