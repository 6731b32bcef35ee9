package distributedmysql.experiment.sharding.transfers;

import java.util.List;
import java.util.Locale;

/** How a transfer is committed on two shards. */
enum Way {
    /** One commit after the other. */
    UNPROTECTED("without protection", List.of(KillPoint.BETWEEN_COMMITS)),
    /** Prepared on both, decided, and then committed on both. */
    XA("with XA", List.of(KillPoint.BEFORE_DECISION, KillPoint.BETWEEN_COMMITS));

    private final String words;
    private final List<KillPoint> killPoints;

    Way(String words, List<KillPoint> killPoints) {
        this.words = words;
        this.killPoints = killPoints;
    }

    /** As in the JSON summary and in names of tables, for instance {@code xa}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For instance {@code with XA}. */
    String words() {
        return words;
    }

    /** Where its clients are killed, in turn. */
    List<KillPoint> killPoints() {
        return killPoints;
    }

    /** Of its part of the run, for instance {@code transfers with XA}. */
    String title() {
        return "transfers " + words;
    }
}
