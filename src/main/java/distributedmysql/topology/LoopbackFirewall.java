package distributedmysql.topology;

import distributedmysql.config.Plural;
import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules that drop TCP packets on the loopback interface. Each carries a comment that says which process made it, so that
 * the next run finds what a killed one left. Needs root (CAP_NET_ADMIN) and the program iptables. Thread-safe.
 */
public final class LoopbackFirewall {
    private static final String MARK = "mysql-distributed-test-framework:";
    private static final Pattern MARKED = Pattern.compile("--comment \"?" + MARK + "(\\d+-\\d+)\"? ");
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    /** A port that nothing listens on, for a rule that harms nobody. */
    private static final List<String> HARMLESS = List.of("-s", "127.255.255.254", "--dport", "1");

    private LoopbackFirewall() {}

    /** Why no rule can be made on this machine, found out by making one; empty if one can. */
    public static Optional<String> impossible() {
        try {
            drop(HARMLESS);
            accept(HARMLESS);
            return Optional.empty();
        } catch (TopologyException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Drops what matches from now on.
     *
     * @param match the rule's own part, for instance {@code --dport 3306}
     * @return the rule as iptables takes it
     * @throws TopologyException if it cannot be made
     */
    public static String drop(List<String> match) {
        List<String> rule = rule(match);
        Command.Result result = iptables("-I", rule);
        if (result.exitCode() != 0) {
            throw failed(result, rule);
        }
        return "iptables -I " + String.join(" ", rule);
    }

    /** Removes what {@link #drop} made in this JVM. Does nothing where there is no such rule. */
    public static void accept(List<String> match) {
        remove(rule(match));
    }

    /** Removes the rules of runs that are no more, with a line to {@code progress} if there were any. */
    public static void removeLeftOvers(Consumer<String> progress) {
        Command.Result all;
        try {
            all = iptables("-S", List.of("INPUT"));
        } catch (TopologyException e) {
            // No such program: no run can have made a rule.
            return;
        }
        int removed = 0;
        for (String line : all.output().lines().toList()) {
            Matcher marked = MARKED.matcher(line + " ");
            if (marked.find() && !isAlive(marked.group(1))) {
                List<String> rule =
                        List.of(line.replace("\"", "").substring("-A ".length()).split(" "));
                remove(rule);
                removed++;
            }
        }
        if (removed > 0) {
            progress.accept("removed what a killed run left over: " + Plural.of(removed, "firewall rule"));
        }
    }

    private static void remove(List<String> rule) {
        while (iptables("-C", rule).exitCode() == 0) {
            Command.Result result = iptables("-D", rule);
            // Another run that starts now may have removed the same left-over.
            if (result.exitCode() != 0 && iptables("-C", rule).exitCode() == 0) {
                throw failed(result, rule);
            }
        }
    }

    private static List<String> rule(List<String> match) {
        List<String> rule = new ArrayList<>(List.of("INPUT", "-i", "lo", "-p", "tcp"));
        rule.addAll(match);
        rule.addAll(List.of("-m", "comment", "--comment", MARK + ownId(), "-j", "DROP"));
        return rule;
    }

    private static Command.Result iptables(String action, List<String> rule) {
        List<String> command = new ArrayList<>(List.of("iptables", "-w", "5", action));
        command.addAll(rule);
        try {
            return Command.run(command, Map.of(), DEADLINE);
        } catch (IOException e) {
            throw new TopologyException("the program iptables cannot be run: " + e.getMessage());
        }
    }

    private static TopologyException failed(Command.Result result, List<String> rule) {
        return new TopologyException("iptables " + String.join(" ", rule) + ": "
                + result.output().strip().replace("\n", "; "));
    }

    private static String ownId() {
        long pid = ProcessHandle.current().pid();
        return pid + "-" + startTicks(pid).orElse(0L);
    }

    private static boolean isAlive(String id) {
        int dash = id.indexOf('-');
        long pid = Long.parseLong(id.substring(0, dash));
        return startTicks(pid).map(ticks -> id.equals(pid + "-" + ticks)).orElse(false);
    }

    /** When a process started, in clock ticks since boot (proc(5), field 22): with the process id it names one process. */
    private static Optional<Long> startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The second field, the program's name, may itself hold blanks and parentheses.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(Long.parseLong(fields[19]));
        } catch (IOException e) {
            // It has ended; or this is not Linux, which alone has iptables.
            return Optional.empty();
        }
    }
}
