package distributedmysql.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Where a series changes for good: hierarchical divisive estimation by energy statistics, E-divisive means (D. S. Matteson and N. A.
 * James, "A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data", JASA 109, 2014). It assumes no
 * distribution, and is what MongoDB (D. Daly et al., ICPE 2020) and, with another test, DataStax (M. Fleming et al., "Hunter",
 * ICPE 2023) find regressions with.
 *
 * <p>Of all places the one is taken that parts the values before and after it best. If it parts them better than nearly all places of
 * the same values in random order do, it is a change, and both parts are looked at in the same way. The random order is the
 * same for the same series, so that a history is judged alike each time.
 */
public final class ChangePoints {
    /** A part is not shorter: fewer values are an outlier as well as a change. */
    private static final int LEAST_PART = 3;

    /** A series that is shorter cannot have changes. */
    public static final int LEAST_VALUES = 10;

    /** The random orders, so many times as the level needs. */
    private static final int ORDERS_PER_LEVEL = 2;

    private static final long SEED = 20_140_522;

    private final double[] values;
    private final double level;
    private final TreeSet<Integer> ends = new TreeSet<>();

    /** The first value after the best place, and by how much it parts; the place is negative if there is none. */
    private record Place(int first, double parting) {
        private static final Place NONE = new Place(-1, Double.NEGATIVE_INFINITY);

        Place orBetter(Place other) {
            return other.parting > parting ? other : this;
        }
    }

    private ChangePoints(double[] values, double level) {
        this.values = values;
        this.level = level;
        ends.add(0);
        ends.add(values.length);
    }

    /**
     * @param level how likely a change may be found in a series without one; the smaller, the longer it takes
     * @return for each change the index of the first value after it, rising
     */
    public static List<Integer> of(double[] values, double level) {
        if (values.length < LEAST_VALUES) {
            return List.of();
        }
        ChangePoints found = new ChangePoints(values, level);
        found.search();
        List<Integer> changes = new ArrayList<>(found.ends);
        return List.copyOf(changes.subList(1, changes.size() - 1));
    }

    private void search() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (Place best = best(values); best.first > 0 && isChange(best, random); best = best(values)) {
            ends.add(best.first);
        }
    }

    /** Whether random orders of each part have a place that parts as well only as rarely as the level says. */
    private boolean isChange(Place best, SplittableRandom random) {
        int orders = (int) Math.ceil(ORDERS_PER_LEVEL / level) - 1;
        int mayPart = (int) Math.floor(level * (orders + 1) + 1e-9) - 1;
        int parting = 0;
        for (int i = 0; i < orders && parting <= mayPart; i++) {
            parting += best(shuffled(random)).parting >= best.parting ? 1 : 0;
        }
        return parting <= mayPart;
    }

    private double[] shuffled(SplittableRandom random) {
        double[] shuffled = values.clone();
        int from = 0;
        for (int to : ends.tailSet(1)) {
            for (int i = to - 1; i > from; i--) {
                int other = from + random.nextInt(i - from + 1);
                double value = shuffled[i];
                shuffled[i] = shuffled[other];
                shuffled[other] = value;
            }
            from = to;
        }
        return shuffled;
    }

    private Place best(double[] order) {
        Place best = Place.NONE;
        int from = 0;
        for (int to : ends.tailSet(1)) {
            best = best.orBetter(best(order, from, to));
            from = to;
        }
        return best;
    }

    /** In the values from one index to before another. What is compared with those before a place may end before the part does. */
    private static Place best(double[] order, int from, int to) {
        int length = to - from;
        if (length < 2 * LEAST_PART) {
            return Place.NONE;
        }
        double[][] sums = distances(order, from, length);
        Place best = Place.NONE;
        for (int place = LEAST_PART; place <= length - LEAST_PART; place++) {
            double before = sums[place][place] / place / (place - 1);
            for (int end = place + LEAST_PART; end <= length; end++) {
                int count = end - place;
                double across = sums[place][end] - sums[place][place];
                double after = (sums[end][end] - 2 * sums[place][end] + sums[place][place]) / count / (count - 1);
                double energy = 2 * across / place / count - before - after;
                best = best.orBetter(new Place(from + place, energy * place * count / (place + count)));
            }
        }
        return best;
    }

    /** Sums of the distances of the first so many values from the first so many. */
    private static double[][] distances(double[] order, int from, int length) {
        double[][] sums = new double[length + 1][length + 1];
        for (int i = 1; i <= length; i++) {
            double row = 0;
            for (int j = 1; j <= length; j++) {
                row += Math.abs(order[from + i - 1] - order[from + j - 1]);
                sums[i][j] = sums[i - 1][j] + row;
            }
        }
        return sums;
    }
}
