package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import distributedmysql.history.RunClock;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClientMemoryTest {
    private static final int BYTES = 64 << 20;

    private final RunClock clock = new RunClock();

    @Test
    @DisplayName("A direct buffer is among the direct buffers, and touched, in resident memory")
    void directBuffer() {
        try (ClientMemory memory = new ClientMemory(clock)) {
            memory.start();
            await().until(() -> memory.highest(0, Long.MAX_VALUE).isPresent());
            long then = clock.micros();
            ClientMemory.Highest before = memory.highest(0, then).orElseThrow();
            ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
            for (int i = 0; i < BYTES; i += 1_024) {
                buffer.put(i, (byte) 1);
            }
            long filled = clock.micros();
            await().until(() -> memory.highest(filled, Long.MAX_VALUE).isPresent());
            ClientMemory.Highest now = memory.highest(filled, Long.MAX_VALUE).orElseThrow();

            assertThat(now.directBytes()).isGreaterThanOrEqualTo(before.directBytes() + BYTES);
            assertThat(now.heapBytes()).isPositive();
            assertThat(buffer.get(BYTES - 1_024)).isEqualTo((byte) 1);
            if (now.residentBytes().isPresent()) {
                assertThat(now.residentBytes().getAsLong()).isGreaterThan(BYTES);
            }
        }
    }

    @Test
    void nothingIsKnownOfOtherTimes() {
        try (ClientMemory memory = new ClientMemory(clock)) {
            memory.start();
            await().until(() -> memory.highest(0, Long.MAX_VALUE).isPresent());

            assertThat(memory.highest(-2, -1)).isEmpty();
        }
    }
}
