package distributedmysql.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers of one replica set that is already there.
 *
 * @param primary where writes go; may be a proxy's endpoint
 * @param replicas one address for each replica; each may be a proxy's endpoint that leads to one server
 * @param isListed whether it is one of {@code external.shards}; otherwise it is {@code external.primary} and {@code
 *     external.replicas}
 */
public record ExternalSet(HostPort primary, List<HostPort> replicas, boolean isListed) {
    static final String SHARDS = "external.shards";

    private static final String PRIMARY = "external.primary";
    private static final String REPLICAS = "external.replicas";
    private static final int MOST_REPLICAS = 8;
    private static final String HOST_PORT = "host:port, with a port from 1 to 65535";
    private static final String LISTED =
            "a list of replica sets, each the host:port of a primary and of its 1 to 8 replicas,"
                    + " such as db1:3306+db2:3306,db3:3306+db4:3306";

    /** At least one, in the order of the shard map. */
    static List<ExternalSet> read(SettingsReader reader) {
        ExternalSet only = new ExternalSet(
                HostPort.parse(reader.text(PRIMARY, HOST_PORT, HostPort::isValid)),
                reader
                        .texts(
                                REPLICAS,
                                "a list of at least one host:port, such as db1:3306,db2:3306",
                                HostPort::isValid)
                        .stream()
                        .map(HostPort::parse)
                        .toList(),
                false);
        List<ExternalSet> listed = reader.textsOrNone(SHARDS, LISTED, ExternalSet::isValid).stream()
                .map(ExternalSet::parse)
                .toList();
        if (listed.isEmpty()) {
            only.refuseImpossible(reader);
            return List.of(only);
        }
        refuseImpossible(listed, reader);
        return listed;
    }

    private static boolean isValid(String text) {
        List<String> addresses = addresses(text);
        return addresses.size() > 1 && addresses.stream().allMatch(HostPort::isValid);
    }

    private static ExternalSet parse(String text) {
        List<HostPort> all = addresses(text).stream().map(HostPort::parse).toList();
        return new ExternalSet(all.get(0), all.subList(1, all.size()), true);
    }

    /** In a file, a comma will do too; where the list is given as text, commas separate the sets already. */
    private static List<String> addresses(String text) {
        return Arrays.stream(text.split("[,+]", -1)).map(String::strip).toList();
    }

    private void refuseImpossible(SettingsReader reader) {
        List<HostPort> servers = addresses();
        if (servers.stream().distinct().count() < servers.size()) {
            throw reader.refusedTogether(
                    "a server may be there only once in external.replicas, and not be external.primary",
                    REPLICAS,
                    PRIMARY);
        }
        if (replicas.size() > MOST_REPLICAS) {
            throw reader.refused(REPLICAS, "must be 8 replicas at most");
        }
    }

    private static void refuseImpossible(List<ExternalSet> listed, SettingsReader reader) {
        if (listed.size() > ShardSettings.MOST) {
            throw reader.refused(SHARDS, "must be 16 shards at most; these are " + listed.size());
        }
        Map<HostPort, String> shards = new HashMap<>();
        for (int i = 0; i < listed.size(); i++) {
            ExternalSet set = listed.get(i);
            String shard = "shard" + (i + 1);
            if (set.replicas.size() > MOST_REPLICAS) {
                throw reader.refused(
                        SHARDS, "must be 8 replicas at most in each shard, " + shard + " has " + set.replicas.size());
            }
            for (HostPort server : set.addresses()) {
                String other = shards.put(server, shard);
                if (other != null) {
                    throw reader.refused(
                            SHARDS,
                            "a server may be there only once, because two shards on it would have one" + " database: "
                                    + server + " is in " + other
                                    + (other.equals(shard) ? " twice" : " and in " + shard));
                }
            }
        }
        for (String key : List.of(PRIMARY, REPLICAS)) {
            if (!reader.origins().isOver(SHARDS, key)) {
                throw reader.refusedTogether(
                        "external.shards says who the servers are, so external.primary and external.replicas must not be"
                                + " given beside it",
                        key,
                        SHARDS);
            }
        }
    }

    /** The primary's first. */
    public List<HostPort> addresses() {
        List<HostPort> all = new ArrayList<>(List.of(primary));
        all.addAll(replicas);
        return all;
    }

    /** Which setting says who the primary is, for messages. */
    public String primaryKey() {
        return isListed ? SHARDS : PRIMARY;
    }

    /** The same of the replicas. */
    public String replicasKey() {
        return isListed ? SHARDS : REPLICAS;
    }

    /** Both keys. */
    public String keys() {
        return isListed ? SHARDS : PRIMARY + " and " + REPLICAS;
    }

    /** All its servers by the settings, for messages. */
    public String servers() {
        return isListed ? "the servers of a shard in " + SHARDS : keys();
    }
}
