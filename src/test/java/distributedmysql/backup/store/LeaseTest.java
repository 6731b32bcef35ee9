package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.fault.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeaseTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "A backup stays while its process lives; once it is killed (-9), it is not usable, and the next run removes it")
    void killed() throws Exception {
        BackupStore store = new BackupStore(new LocalStore(directory), Optional.empty(), 1, Samples.CLOCK);
        try (JavaProcess process = JavaProcess.start(KilledWriter.class, Map.of(), directory.toString())) {
            process.awaitLines("writing"::equals, 1);
            assertThat(store.list().unfinished()).singleElement().matches(Listing.Unfinished::written);
            assertThat(store.removeUnfinished()).isEmpty();
            process.kill();
        }
        Listing listing = store.list();
        assertThat(listing.usable()).isEmpty();
        assertThat(listing.unfinished()).singleElement().matches(backup -> !backup.written());

        assertThat(store.removeUnfinished())
                .containsExactly(listing.unfinished().get(0).id());
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void onAnotherMachineItIsHeldUntilNothingWasHeardForLong() {
        Instant beat = Samples.NOW;
        Lease lease = new Lease("elsewhere", 1, beat, beat);

        assertThat(lease.isHeld(beat.plusSeconds(100))).isTrue();
        assertThat(lease.isHeld(beat.plus(Duration.ofMinutes(3)))).isFalse();
        assertThat(lease.isHeld(beat.minus(Duration.ofHours(1)))).isTrue();
    }

    @Test
    void hereItIsHeldHoweverLongTheProcessIsSilent() {
        Lease lease = Lease.ours(Samples.NOW);

        assertThat(lease.isHeld(Samples.NOW.plus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    void aProcessIdThatCameAgainIsAnotherProcess() {
        Lease ours = Lease.ours(Samples.NOW);
        Lease before = new Lease(ours.machine(), ours.pid(), ours.started().minusSeconds(60), Samples.NOW);

        assertThat(before.isHeld(Samples.NOW)).isFalse();
    }

    @Test
    void readAsWritten() throws IOException {
        Lease lease = Lease.ours(Samples.NOW);

        assertThat(Lease.read(lease.bytes())).isEqualTo(lease);
    }
}
