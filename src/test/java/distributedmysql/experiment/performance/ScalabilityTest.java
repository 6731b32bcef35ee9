package distributedmysql.experiment.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.experiment.performance.MaxThroughput.Objective;
import distributedmysql.statistics.ScalabilityLaw;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScalabilityTest {
    private static final Objective OBJECTIVE = new Objective(250_000, 0.1);

    @Test
    void aCurveThatFollowsTheLawSaysWhereItEnds() {
        ScalabilityLaw law = new ScalabilityLaw(0.02, 1e-3, 1000);
        Scalability scalability = of(law::rate);

        assertThat(scalability.reason()).isNull();
        assertThat(scalability.poor()).isNull();
        assertThat(scalability.law().sigma().value()).isCloseTo(0.02, within(1e-6));
        assertThat(scalability.law().kneeConnections()).isEqualTo(31);
        assertThat(scalability.law().kneeQps()).isCloseTo(law.rate(31), within(1e-3));
        assertThat(scalability.law().twiceConnections()).isEqualTo(128);
        assertThat(scalability.law().twiceQps()).isCloseTo(law.rate(128), within(1e-3));
        assertThat(scalability.line())
                .isEqualTo(
                        "  scalability: knee at 31 connections; 6,466 requests/s expected with 128 (prediction error 0.0 %)");
    }

    @Test
    void aKneeBeyondTheCurveIsSaidToBe() {
        assertThat(of(new ScalabilityLaw(0.02, 1e-5, 1000)::rate).line())
                .contains("knee at 313 connections, not measured;");
        assertThat(of(new ScalabilityLaw(0.02, 0, 1000)::rate).line()).contains("no knee;");
    }

    @Test
    void aPoorFitSaysSoInsteadOfItsFigures() {
        Scalability scalability = of(users -> users <= 16 ? 100 * users : 300);

        assertThat(scalability.poor()).contains("% off on average");
        assertThat(scalability.line()).startsWith("  scalability: a poor fit: points left out are ");
    }

    @Test
    void withoutAFitItSaysWhy() {
        assertThat(of(users -> 700).line())
                .isEqualTo("  scalability: cannot be fitted: the rate never rises from 1 on, 700/s there and 700/s at"
                        + " most: how it rises was not measured");
    }

    @Test
    void whatTheCapLimitedIsNotFitted() {
        CurvePoint point = CurvePoint.of(8, 500, null, 0, OBJECTIVE);
        CurvePoint limited = new CurvePoint(16, 500, null, null, null, 0, false, "external.max-rate limited");
        Scalability scalability = Scalability.of(MaxThroughput.of(List.of(point, limited), OBJECTIVE));

        assertThat(scalability.law()).isNull();
        assertThat(scalability.reason())
                .isEqualTo("external.max-rate limited from 16 connections on: what the servers carry is not known");
    }

    @Test
    void noLevelsAreNoCurve() {
        assertThat(Performance.of(List.of(), OBJECTIVE, Set.of()).scalability().reason())
                .startsWith("too few points, 0 of 4");
    }

    private static Scalability of(DoubleUnaryOperator rate) {
        return Scalability.of(MaxThroughput.of(
                IntStream.of(1, 2, 4, 8, 16, 32, 64)
                        .mapToObj(users -> CurvePoint.of(users, rate.applyAsDouble(users), null, 0, OBJECTIVE))
                        .toList(),
                OBJECTIVE));
    }
}
