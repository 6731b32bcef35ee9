package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.monitor.GeneratorLoad.Share;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    @Test
    void processorTimeIsToldPerRequest() {
        Generator generator = Generator.of(new Share(4.5, 22.5, 60.0), 100_000, 0, null);

        assertThat(generator).isEqualTo(new Generator(22.5, 60.0, 45.0, null));
        assertThat(Generator.of(new Share(4.5, 22.5, 60.0), 0, 0, null).cpuMicrosPerRequest())
                .isNull();
    }

    @Test
    void aMachineThatIsBusyMostlyWithTheGeneratorIsALimit() {
        assertThat(warning(new Share(1, 60, 99.0))).contains("60 % of the processors, all processes 99 %");
    }

    @Test
    void aMachineThatIsBusyMostlyWithServersIsNone() {
        assertThat(warning(new Share(1, 40, 99.0))).isNull();
    }

    @Test
    void aMachineWithProcessorsToSpareIsNone() {
        assertThat(warning(new Share(1, 80, 85.0))).isNull();
    }

    @Test
    void whereTheMachineIsNotKnownTheGeneratorAloneMustHaveTakenIt() {
        assertThat(warning(new Share(1, 60, null))).isNull();
        assertThat(warning(new Share(1, 97, null))).contains("97 %");
    }

    @Test
    void requestsThatDidNotStartAreTheGeneratorsFault() {
        Share idle = new Share(1, 5, 10.0);

        assertThat(Generator.of(idle, 1000, 900, 1000.0).warning()).contains("only 900 of 1000");
        assertThat(Generator.of(idle, 1000, 999, 1000.0).warning()).isNull();
    }

    @Test
    void requestsAtTheEdgesOfAShortStageAreNoFault() {
        assertThat(Generator.of(new Share(1, 5, 10.0), 17, 17, 20.0).warning()).isNull();
    }

    private static String warning(Share share) {
        return Generator.of(share, 1000, 1000, null).warning();
    }
}
