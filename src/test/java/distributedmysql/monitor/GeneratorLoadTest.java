package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GeneratorLoadTest {
    @Test
    void seesTheProcessorTimeThatThisJvmTakes() {
        try (GeneratorLoad load = new GeneratorLoad(Duration.ofMillis(100))) {
            assertThat(load.result()).isEqualTo(new GeneratorLoad.Result(null, null));
            load.start();
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (load.result().process() == null || load.result().process().max() < 1) {
                assertThat(System.nanoTime())
                        .as("30 s of work; last state %s", load.result())
                        .isLessThan(deadline);
            }
            GeneratorLoad.Percent process = load.result().process();
            assertThat(process.avg()).isPositive().isLessThanOrEqualTo(100);
            assertThat(process.p95()).isLessThanOrEqualTo(process.max());
            assertThat(process.max()).isLessThanOrEqualTo(100);
        }
    }
}
