package distributedmysql.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Times and endings of many operations, in 28 bytes each. The different endings are few and kept once.
 *
 * @param <E> how one ended
 */
final class LedgerTimes<E> {
    private final List<E> endings = new ArrayList<>();
    private final Map<E, Integer> numbers = new HashMap<>();
    private int[] ids = new int[1024];
    private long[] invoked = new long[1024];
    private int[] durations = new int[1024];
    private int[] ended = new int[1024];
    private long[] transactions = new long[1024];
    private int size;

    /** @param transaction its number, which a GTID ends with; 0 if there is none */
    void add(long id, long invokeMicros, long completeMicros, E ending, long transaction) {
        if (size == ids.length) {
            grow();
        }
        ids[size] = Math.toIntExact(id);
        invoked[size] = invokeMicros;
        // 35 minutes at most: far beyond every timeout of a client.
        durations[size] = Math.toIntExact(completeMicros - invokeMicros);
        ended[size] = numbers.computeIfAbsent(ending, unseen -> {
            endings.add(unseen);
            return endings.size() - 1;
        });
        transactions[size] = transaction;
        size++;
    }

    int size() {
        return size;
    }

    int id(int index) {
        return ids[index];
    }

    long invoked(int index) {
        return invoked[index];
    }

    long completed(int index) {
        return invoked[index] + durations[index];
    }

    E ending(int index) {
        return endings.get(ended[index]);
    }

    long transaction(int index) {
        return transactions[index];
    }

    private void grow() {
        int larger = size + size / 2;
        ids = Arrays.copyOf(ids, larger);
        invoked = Arrays.copyOf(invoked, larger);
        durations = Arrays.copyOf(durations, larger);
        ended = Arrays.copyOf(ended, larger);
        transactions = Arrays.copyOf(transactions, larger);
    }
}
