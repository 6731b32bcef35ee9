package distributedmysql.config;

/** A number and what it counts, as people say it: {@code 1 replica}, {@code 2 replicas}, {@code 0 replicas}. */
public final class Plural {
    private Plural() {}

    /** @param noun in the singular; its plural has an {@code s} at the end */
    public static String of(long n, String noun) {
        return n + " " + noun(n, noun);
    }

    /** Without the number, where that has a format of its own. */
    public static String noun(long n, String noun) {
        return n == 1 ? noun : noun + "s";
    }
}
