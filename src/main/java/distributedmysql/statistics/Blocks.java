package distributedmysql.statistics;

/**
 * Means of blocks of a series. Neighbouring values of a series are alike, because what disturbs one disturbs the next; means of blocks
 * that are longer than such a disturbance are about independent (B. Schmeiser, "Batch Size Effects in the Analysis of Simulation
 * Output", Operations Research 30, 1982: ten to thirty blocks are enough).
 */
public final class Blocks {
    private static final int MOST = 10;
    private static final int FEWEST = 5;
    private static final int LEAST_LENGTH = 6;

    /** A series that is shorter has too few blocks. */
    public static final int LEAST_VALUES = FEWEST * LEAST_LENGTH;

    private Blocks() {}

    /**
     * What does not fill the last block is left out.
     *
     * @throws IllegalArgumentException if the series is shorter than {@link #LEAST_VALUES}
     */
    public static double[] means(double[] series) {
        if (series.length < LEAST_VALUES) {
            throw new IllegalArgumentException(series.length + " of " + LEAST_VALUES);
        }
        int blocks = Math.min(MOST, series.length / LEAST_LENGTH);
        int length = series.length / blocks;
        double[] means = new double[blocks];
        for (int i = 0; i < blocks * length; i++) {
            means[i / length] += series[i] / length;
        }
        return means;
    }
}
