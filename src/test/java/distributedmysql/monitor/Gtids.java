package distributedmysql.monitor;

import java.util.ArrayList;
import java.util.List;

/** GTID sets in tests. */
public final class Gtids {
    private Gtids() {}

    /** {@code a:1-2:5,b:3} as {@code a:1}, {@code a:2}, {@code a:5}, {@code b:3}. */
    public static List<String> each(String set) {
        List<String> each = new ArrayList<>();
        for (String source : set.split(",")) {
            String[] parts = source.split(":");
            for (int i = 1; i < parts.length; i++) {
                String[] interval = parts[i].split("-");
                long last = Long.parseLong(interval[interval.length - 1]);
                for (long number = Long.parseLong(interval[0]); number <= last; number++) {
                    each.add(parts[0] + ":" + number);
                }
            }
        }
        return each;
    }
}
