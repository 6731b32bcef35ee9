package distributedmysql.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Many tests at once, of which at most a given share may find anything at all where there is nothing (S. Holm, "A Simple Sequentially
 * Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6, 1979). However the tests depend on each other: the
 * latencies of one run do.
 */
public final class Holm {
    private Holm() {}

    /**
     * For each test the level at which it is judged: it has found something where its probability is at most that.
     *
     * @param probabilities of each test, where there is nothing to be found
     * @param wrong how likely one or more of all may be wrong
     */
    public static double[] levels(double[] probabilities, double wrong) {
        int count = probabilities.length;
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(test -> probabilities[test]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] levels = new double[count];
        for (int rank = 0; rank < count; rank++) {
            double level = wrong / (count - rank);
            levels[order[rank]] = level;
            if (probabilities[order[rank]] > level) {
                // Neither this one nor one that is less sure has found anything.
                for (int rest = rank; rest < count; rest++) {
                    levels[order[rest]] = level;
                }
                break;
            }
        }
        return levels;
    }
}
