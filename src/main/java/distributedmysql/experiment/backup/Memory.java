package distributedmysql.experiment.backup;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.monitor.ClientMemory.Highest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this JVM, which generates the load too, takes of the machine's memory, without backups and with them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("The memory of this JVM, which generates the load too: without backups, and with them.")
record Memory(
        @JsonPropertyDescription("While the load went on before the first backup; absent if nothing was read.")
        @Nullable
        Most before,

        @JsonPropertyDescription(
                "From the begin of the first backup to the end of the load; absent if nothing was read.")
        @Nullable
        Most during,

        @JsonPropertyDescription(
                "After that: while backups were copied, read again, restored, recovered and compared; absent if nothing was read.")
        @Nullable
        Most afterwards,

        @JsonPropertyDescription(
                "How much more resident memory there was during or afterwards than before, in bytes; 0 if there was not more; "
                        + "absent if it is not known.")
        @Nullable
        Long addedBytes) {

    /** The highest readings, ten a second. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("The highest of ten readings a second; not all of one moment.")
    record Most(
            @JsonPropertyDescription("Heap in use, with what has not been collected yet, in bytes.")
            long heapBytes,

            @JsonPropertyDescription("Direct buffers, in bytes.")
            long directBytes,

            @JsonPropertyDescription(
                    "Resident memory: all of it, in bytes (VmRSS); absent where the system does not say.")
            @Nullable
            Long residentBytes) {
        private static Most of(Highest highest) {
            return new Most(
                    highest.heapBytes(),
                    highest.directBytes(),
                    highest.residentBytes().isPresent()
                            ? Long.valueOf(highest.residentBytes().getAsLong())
                            : null);
        }

        private String line() {
            return String.format(
                    Locale.ROOT,
                    "%s resident (heap %.0f MiB, direct buffers %.0f MiB)",
                    residentBytes == null ? "-" : String.format(Locale.ROOT, "%.0f MiB", residentBytes / MIB),
                    heapBytes / MIB,
                    directBytes / MIB);
        }
    }

    private static final double MIB = 1 << 20;

    static Memory of(Optional<Highest> before, Optional<Highest> during, Optional<Highest> afterwards) {
        Most first = before.map(Most::of).orElse(null);
        Most second = during.map(Most::of).orElse(null);
        Most third = afterwards.map(Most::of).orElse(null);
        Long least = resident(first);
        Long most = Math.max(orNothing(second), orNothing(third));
        return new Memory(first, second, third, least == null ? null : Long.valueOf(Math.max(0, most - least)));
    }

    private static Long resident(Most most) {
        return most == null ? null : most.residentBytes;
    }

    private static long orNothing(Most most) {
        Long bytes = resident(most);
        return bytes == null ? 0 : bytes;
    }

    /** For the console. */
    String line() {
        return "  memory of this JVM, at most: before " + line(before) + "; during " + line(during) + "; afterwards "
                + line(afterwards)
                + (addedBytes == null ? "" : String.format(Locale.ROOT, "; added %.0f MiB", addedBytes / MIB));
    }

    private static String line(Most most) {
        return most == null ? "-" : most.line();
    }
}
