package distributedmysql.backup.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Who is writing a backup, and when it last said so. It lies beside the objects, so that another run does not take for a
 * leftover what is being written.
 *
 * @param machine where the process is; two containers on one machine are two
 * @param started when the process was, because process ids come again
 * @param at the last heartbeat
 */
record Lease(String machine, long pid, Instant started, Instant at) {
    /** Between two heartbeats. */
    static final Duration BEAT = Duration.ofSeconds(10);

    /** Of a process on another machine: without a heartbeat for that long, it is dead. Its clock may be wrong by a minute. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private static final String MACHINE = machineName();

    /** This process's. */
    static Lease ours(Instant now) {
        ProcessHandle process = ProcessHandle.current();
        return new Lease(MACHINE, process.pid(), started(process), now);
    }

    static Lease read(byte[] file) throws IOException {
        return MAPPER.readValue(file, Lease.class);
    }

    byte[] bytes() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Here, whether the process lives, which is known at once. Elsewhere, whether it was heard of lately; a clock that runs
     * ahead counts as lately.
     */
    boolean isHeld(Instant now) {
        return machine.equals(MACHINE)
                ? ProcessHandle.of(pid)
                        .filter(process -> process.isAlive() && started(process).equals(started))
                        .isPresent()
                : Duration.between(at, now).compareTo(SILENCE) < 0;
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /** Linux tells its start and its process id namespace, which containers do not share; elsewhere the host's name does. */
    private static String machineName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + " "
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException e) {
            return hostName();
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
