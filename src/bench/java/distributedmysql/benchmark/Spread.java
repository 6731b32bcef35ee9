package distributedmysql.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** Of the repetitions of one measurement; of an even number, the median is the mean of the middle two. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Spread(double min, double median, double max) {
    /** @return null if there are none */
    static Spread of(List<? extends Number> values) {
        if (values.isEmpty()) {
            return null;
        }
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
