package distributedmysql.report.html;

import java.time.Instant;
import java.util.Locale;

/** Figures as people read them. */
final class Words {
    private static final double KIBI = 1024;

    private Words() {}

    /** Of microseconds, with three digits: {@code 0.412 ms}, {@code 12.3 ms}, {@code 1,230 ms}. */
    static String millis(double micros) {
        double millis = micros / 1e3;
        return format(millis < 1 ? "%.3f ms" : millis < 10 ? "%.2f ms" : millis < 100 ? "%.1f ms" : "%,.0f ms", millis);
    }

    /** {@code 42 s}, {@code 3 min 20 s}, {@code 5 h 02 min}. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 120) {
            return whole + " s";
        }
        return whole < 7_200
                ? whole / 60 + " min " + format("%02d s", whole % 60)
                : whole / 3_600 + " h " + format("%02d min", whole % 3_600 / 60);
    }

    /** {@code 412 MiB}. */
    static String bytes(double bytes) {
        return bytes < KIBI * KIBI * KIBI
                ? format("%.0f MiB", bytes / KIBI / KIBI)
                : format("%.1f GiB", bytes / KIBI / KIBI / KIBI);
    }

    static String count(long number) {
        return format("%,d", number);
    }

    static String rate(double perSecond) {
        return format(perSecond < 1_000 ? "%.1f" : "%,.0f", perSecond);
    }

    /** In UTC: {@code 2026-03-04 05:06:07 UTC}. */
    static String time(Instant at) {
        return at.toString().replace('T', ' ').replace("Z", " UTC");
    }

    /** {@code Two words} of {@code twoWords}. */
    static String title(String key) {
        String words = key.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
