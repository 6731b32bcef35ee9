package distributedmysql.experiment.sharding.resharding;

import com.fasterxml.jackson.databind.ObjectMapper;
import distributedmysql.mysql.TopologyException;
import distributedmysql.shard.Modulo;
import distributedmysql.shard.Ranges;
import distributedmysql.shard.Ring;
import distributedmysql.shard.ShardMap;
import distributedmysql.shard.ShardStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells another program which map becomes which, as JSON. */
final class MapFile {
    private static final String HASH = "xxh3_64, seed 0, of the key's eight bytes, the lowest first";

    private MapFile() {}

    /** @return a temporary file, which the caller deletes */
    static Path write(Change change) {
        try {
            Path file = Files.createTempFile("shard-maps", ".json");
            new ObjectMapper()
                    .writeValue(
                            file.toFile(), Map.of("old", described(change.before()), "new", described(change.after())));
            return file;
        } catch (IOException e) {
            throw new TopologyException("the maps for sharding.resharding.hooks.reshard cannot be written: " + e);
        }
    }

    private static Map<String, Object> described(ShardMap map) {
        Map<String, Object> described = new TreeMap<>();
        described.put("version", map.version());
        described.put("shards", map.shards());
        described.putAll(described(map.strategy()));
        return described;
    }

    private static Map<String, Object> described(ShardStrategy strategy) {
        if (strategy instanceof Ranges ranges) {
            return Map.of("strategy", "ranges", "ranges", ranges.ranges());
        }
        if (strategy instanceof Ring ring) {
            return Map.of("strategy", "ring", "hash", HASH, "arcs", arcs(ring));
        }
        return Map.of("strategy", "modulo", "hash", HASH, "modulo", ((Modulo) strategy).shards());
    }

    /** Numbers without a sign are too large for what many programs read of JSON. */
    private static List<Map<String, Object>> arcs(Ring ring) {
        return ring.arcs().stream()
                .map(arc -> Map.<String, Object>of(
                        "after",
                        Long.toUnsignedString(arc.after()),
                        "upTo",
                        Long.toUnsignedString(arc.upTo()),
                        "shard",
                        arc.shard()))
                .toList();
    }
}
