package distributedmysql.experiment.backup;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.monitor.ClientMemory.Highest;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What memory backups add")
class MemoryTest {
    private static final long MIB = 1 << 20;

    @Test
    @DisplayName("The most of what is resident with backups, less the most without")
    void added() {
        Memory memory = Memory.of(resident(500), resident(560), resident(610));

        assertThat(memory.addedBytes()).isEqualTo(110 * MIB);
        assertThat(memory.line()).contains("before 500 MiB resident").endsWith("; added 110 MiB");
    }

    @Test
    void notMore() {
        assertThat(Memory.of(resident(500), resident(400), Optional.empty()).addedBytes())
                .isZero();
    }

    @Test
    @DisplayName("Without /proc it is not known")
    void unknown() {
        Optional<Highest> heapOnly = Optional.of(new Highest(MIB, MIB, OptionalLong.empty()));

        assertThat(Memory.of(heapOnly, heapOnly, heapOnly).addedBytes()).isNull();
        assertThat(Memory.of(Optional.empty(), resident(1), resident(1)).addedBytes())
                .isNull();
    }

    private static Optional<Highest> resident(long mebibytes) {
        return Optional.of(new Highest(100 * MIB, MIB, OptionalLong.of(mebibytes * MIB)));
    }
}
