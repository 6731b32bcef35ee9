package distributedmysql.experiment.consistency.judge;

import distributedmysql.history.Outcome;
import java.util.ArrayList;
import java.util.List;

/** For {@link LostWrites}: compares what was written with what is there, key by key. */
final class LossTally {
    private static final int KEYS_NAMED = 1_000;

    private final List<String> nodes;
    private final List<Long> lostKeys = new ArrayList<>();
    private long lost;
    private long survived;
    private long vanished;
    private long overwritten;
    private long diverged;
    private long phantoms;
    private long seenThenLost;
    private long unread;
    private String firstWrong = "";
    private String firstUnread = "";

    LossTally(List<String> nodes) {
        this.nodes = nodes;
    }

    void add(WrittenKeys.Key key) {
        int missing = nodes.size() - Long.bitCount(key.nodesRead());
        if (missing > 0) {
            unread += missing;
            if (firstUnread.isEmpty()) {
                firstUnread = "key " + key.key() + " has no final read on "
                        + nodes.get(Long.numberOfTrailingZeros(~key.nodesRead()));
            }
        }
        if (key.phantom()) {
            phantoms++;
            wrong(key, "a version whose write failed was read");
        }
        if (key.nodesRead() == 0) {
            return;
        }
        countLost(key);
        key.unsure().stream()
                .filter(write -> write.outcome() == Outcome.UNKNOWN)
                .forEach(write -> countUnknown(key, write.version()));
        if (key.seen() > key.oldest()) {
            seenThenLost++;
            wrong(key, "version " + key.seen() + " was seen by a reader, but " + oldest(key));
        }
    }

    private void countLost(WrittenKeys.Key key) {
        long unsure = key.unsure().stream()
                .filter(write -> write.version() > key.oldest() && write.version() < key.acknowledged())
                .count();
        long acknowledgedAbove = Math.max(0, key.acknowledged() - key.oldest()) - unsure;
        if (acknowledgedAbove > 0) {
            lost += acknowledgedAbove;
            if (lostKeys.size() < KEYS_NAMED) {
                lostKeys.add(key.key());
            }
            wrong(key, "version " + key.acknowledged() + " was acknowledged, but " + oldest(key));
        }
    }

    private void countUnknown(WrittenKeys.Key key, long version) {
        if (key.newest() < version) {
            vanished++;
        } else if (key.oldest() < version) {
            diverged++;
            wrong(key, "version " + version + ", of unknown outcome, is on some nodes only: " + oldest(key));
        } else if (key.newest() == version) {
            survived++;
        } else {
            overwritten++;
        }
    }

    private String oldest(WrittenKeys.Key key) {
        String node = nodes.get(key.oldestNode());
        return key.oldest() == 0 ? node + " has no row" : node + " has version " + key.oldest();
    }

    private void wrong(WrittenKeys.Key key, String what) {
        if (firstWrong.isEmpty()) {
            firstWrong = "key " + key.key() + ": " + what;
        }
    }

    /** The first key that is wrong, and how; empty if none is. */
    String firstWrong() {
        return firstWrong;
    }

    /** The first key without a final read of each node; empty if there is none. */
    String firstUnread() {
        return firstUnread;
    }

    LostWrites.Counts counts(long acknowledged, long failed, long unknown) {
        return new LostWrites.Counts(
                acknowledged,
                failed,
                unknown,
                lost,
                List.copyOf(lostKeys),
                survived,
                vanished,
                overwritten,
                diverged,
                phantoms,
                seenThenLost,
                unread);
    }
}
