package distributedmysql.history;

import java.util.Objects;

/**
 * An insert or an update of one key.
 *
 * @param version the version written: 1 for the insert, then one more for each update that was tried
 * @param gtid of the transaction, if it was acknowledged and the server told; else empty
 * @param basis what the session had read before, and on another key, for writes-follow-reads; else {@link Basis#NONE}
 */
public record Write(Invocation call, Completion ending, long version, String gtid, Basis basis) implements Operation {
    /**
     * A write that follows a read: the session's newest read, before the write, of another key.
     *
     * @param version the version that the read showed
     */
    public record Basis(long key, long version) {
        public static final Basis NONE = new Basis(0, 0);
    }

    /** @throws IllegalArgumentException if the version is not above 0, or an unacknowledged write has a GTID */
    public Write {
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(basis, "basis");
        if (version < 1) {
            throw new IllegalArgumentException("version " + version + ": must be 1 or more");
        }
        if (!gtid.isEmpty() && !ending.isOk()) {
            throw new IllegalArgumentException("a write that was not acknowledged has GTID " + gtid);
        }
    }

    /** A write that depends on nothing that was read. */
    public Write(Invocation call, Completion ending, long version, String gtid) {
        this(call, ending, version, gtid, Basis.NONE);
    }

    public boolean isInsert() {
        return version == 1;
    }
}
