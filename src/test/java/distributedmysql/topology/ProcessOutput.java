package distributedmysql.topology;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lines that a process says, read by a thread of its own so that the process never waits for a reader. Thread-safe. */
public final class ProcessOutput {
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private ProcessOutput(Process process) {
        this.reader = new Thread(() -> read(process), "output of " + process.pid());
    }

    /** @param process whose error output goes where its output does */
    public static ProcessOutput of(Process process) {
        ProcessOutput output = new ProcessOutput(process);
        output.reader.start();
        return output;
    }

    /** So far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** So far, as one text. */
    public String text() {
        return String.join("\n", lines());
    }

    /** Of a process that has ended: returns when all that it said is known, at the latest after this time. */
    public void awaitEnd(Duration most) throws InterruptedException {
        reader.join(most.toMillis());
    }

    private synchronized void add(String line) {
        lines.add(line);
    }

    private void read(Process process) {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("the output cannot be read: " + e);
        }
    }
}
