package distributedmysql.benchmark;

import java.util.concurrent.ThreadLocalRandom;

/** Values as sysbench makes them for its table. Thread-safe. */
final class SbtestRow {
    private static final int DIGITS = 11;

    private SbtestRow() {}

    /** Groups of 11 random digits with a hyphen between them; 10 for the column c, 5 for pad. */
    static String groups(int number) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] text = new char[number * (DIGITS + 1) - 1];
        for (int i = 0; i < text.length; i++) {
            text[i] = i % (DIGITS + 1) == DIGITS ? '-' : (char) ('0' + random.nextInt(10));
        }
        return new String(text);
    }
}
