package distributedmysql.backup.store;

import distributedmysql.config.Plural;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a store holds, as its manifests say; whether the objects are whole, {@link BackupStore#verify} says.
 *
 * @param usable that have a manifest, oldest first
 * @param unusable whose manifest is damaged, or was made with another key
 * @param unfinished that have no manifest
 * @param judgements by backup, what was found when it was restored and compared, where that is known
 */
public record Listing(
        List<Manifest> usable,
        List<Unusable> unusable,
        List<Unfinished> unfinished,
        Map<String, Judgement> judgements) {
    /** Oldest first; those of one moment by name. */
    static final Comparator<Manifest> BY_TIME =
            Comparator.comparing(Manifest::at).thenComparing(Manifest::id);

    public Listing {
        usable = usable.stream().sorted(BY_TIME).toList();
        unusable = List.copyOf(unusable);
        unfinished = List.copyOf(unfinished);
        judgements = Map.copyOf(judgements);
    }

    /**
     * A backup whose manifest cannot be used.
     *
     * @param otherKey whether it was made with another key, or one of both has none; otherwise it is damaged
     * @param why one line, which names the file
     */
    public record Unusable(String id, boolean otherKey, String why) {}

    /**
     * A backup without a manifest.
     *
     * @param written whether somebody is still writing it
     * @param lastSeen the last heartbeat of its writer, if that can be read
     */
    public record Unfinished(String id, boolean written, Optional<Instant> lastSeen) {}

    /** For a message that something is not there: what cannot be used may be the reason. Begins with a semicolon; empty if all can be used. */
    public String notUsable() {
        StringBuilder text = new StringBuilder();
        List<Unusable> otherKey = unusable.stream().filter(Unusable::otherKey).toList();
        if (!otherKey.isEmpty()) {
            text.append("; ")
                    .append(Plural.of(otherKey.size(), "backup"))
                    .append(" not usable, because of the key: ")
                    .append(otherKey.get(0).why());
        }
        unusable.stream()
                .filter(backup -> !backup.otherKey())
                .forEach(backup -> text.append("; not usable: ").append(backup.why()));
        unfinished.forEach(backup -> text.append("; unfinished: ").append(backup.id()));
        return text.toString();
    }

    /** What was found wrong with a backup; empty if nothing was, or nobody has looked. */
    public Optional<String> foundWrong(Manifest backup) {
        return Optional.ofNullable(judgements.get(backup.id()))
                .filter(judgement -> !judgement.proven())
                .map(judgement -> "found wrong at " + judgement.at() + ": " + judgement.found());
    }

    /** @return empty if there is no usable backup of that name */
    public Optional<Manifest> find(String id) {
        return usable.stream().filter(backup -> backup.id().equals(id)).findFirst();
    }

    /** @return the newest full backup of a shard whose position is not later than a moment */
    public Optional<Manifest> fullBefore(int shard, Instant moment) {
        return usable.stream()
                .filter(backup -> backup.kind() == Kind.FULL && backup.origin().shard() == shard)
                .filter(backup -> !backup.at().isAfter(moment))
                .reduce((older, newer) -> newer);
    }

    /**
     * From the full backup on, up to and including this one.
     *
     * @throws GapException if one is not there; names it, the one that needs it, and what is there in its place
     */
    public Chain chainTo(String id) throws GapException {
        List<Manifest> incrementals = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Manifest backup = find(id).orElseThrow(() -> new GapException("backup " + id + ": " + absence(id)));
        while (backup.kind() == Kind.INCREMENTAL) {
            if (!seen.add(backup.id())) {
                throw new GapException(
                        "backup " + id + ": its chain comes back to " + backup.id() + ", and has no full backup");
            }
            incrementals.add(0, backup);
            String parent = backup.parent().orElseThrow();
            String child = backup.id();
            backup = find(parent)
                    .orElseThrow(() -> new GapException("backup " + id + ": a gap: " + child + " follows " + parent
                            + ", and that " + absence(parent)));
        }
        return new Chain(backup, incrementals);
    }

    /**
     * Whatever is built on a full backup, as far as it goes.
     *
     * @throws GapException if two incremental backups follow the same one, so that nobody knows which is meant
     */
    public Chain builtOn(Manifest full) throws GapException {
        List<Manifest> incrementals = new ArrayList<>();
        Optional<Manifest> next = following(full.id());
        while (next.isPresent()) {
            incrementals.add(next.get());
            next = following(next.get().id());
        }
        return new Chain(full, incrementals);
    }

    private Optional<Manifest> following(String id) throws GapException {
        List<Manifest> children = usable.stream()
                .filter(backup -> backup.parent().equals(Optional.of(id)))
                .toList();
        if (children.size() > 1) {
            throw new GapException("backup " + id + " is followed by "
                    + children.get(0).id() + " and by " + children.get(1).id() + "; only one of them can be");
        }
        return children.stream().findFirst();
    }

    private String absence(String id) {
        Optional<String> damage = unusable.stream()
                .filter(backup -> backup.id().equals(id))
                .map(backup -> "cannot be used: " + backup.why())
                .findFirst();
        boolean begun = unfinished.stream().anyMatch(backup -> backup.id().equals(id));
        return damage.orElse(begun ? "is unfinished" : "is not in the store");
    }
}
