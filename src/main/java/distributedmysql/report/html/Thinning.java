package distributedmysql.report.html;

import distributedmysql.report.Plot.Point;
import java.util.List;
import java.util.TreeSet;

/** A long series with fewer points that looks the same: of each piece its lowest and highest point, and a gap if it has one. */
final class Thinning {
    private Thinning() {}

    /** @param most at least 4; a few more are left where there are gaps */
    static List<Point> thinned(List<Point> points, int most) {
        int size = points.size();
        if (size <= most) {
            return points;
        }
        TreeSet<Integer> kept = new TreeSet<>(List.of(0, size - 1));
        int pieces = most / 2 - 1;
        for (int piece = 0; piece < pieces; piece++) {
            keepOf(points, (int) ((long) size * piece / pieces), (int) ((long) size * (piece + 1) / pieces), kept);
        }
        return kept.stream().map(points::get).toList();
    }

    private static void keepOf(List<Point> points, int from, int to, TreeSet<Integer> kept) {
        int lowest = -1;
        int highest = -1;
        int gap = -1;
        for (int i = from; i < to; i++) {
            Double y = points.get(i).y();
            if (y == null) {
                gap = i;
                continue;
            }
            lowest = lowest < 0 || y < points.get(lowest).y() ? i : lowest;
            highest = highest < 0 || y > points.get(highest).y() ? i : highest;
        }
        for (int i : new int[] {lowest, highest, gap}) {
            if (i >= 0) {
                kept.add(i);
            }
        }
    }
}
