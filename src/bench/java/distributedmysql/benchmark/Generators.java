package distributedmysql.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the load generators on this machine.
 *
 * @param cacheDirectory {@code embedded.cache-directory}
 */
record Generators(Target target, Path cacheDirectory) {
    /**
     * @param notes gets a line for each that is not here
     */
    List<Generator> find(List<GeneratorKind> wanted, List<String> notes) throws IOException {
        List<Generator> found = new ArrayList<>();
        for (GeneratorKind kind : wanted) {
            find(kind).ifPresentOrElse(found::add, () -> notes.add(missing(kind)));
        }
        return found;
    }

    private Optional<Generator> find(GeneratorKind kind) throws IOException {
        return switch (kind) {
            case SYSBENCH -> Sysbench.find(target);
            case ROUTED, GATLING_JDBC -> Optional.of(new GatlingGenerator(target, kind));
            case MYSQLSLAP -> MysqlSlap.find(target, cacheDirectory);
        };
    }

    private static String missing(GeneratorKind kind) {
        return kind == GeneratorKind.SYSBENCH
                ? "sysbench: not on the PATH, so there are no ratios (Debian, Ubuntu: apt-get install sysbench; macOS: brew"
                        + " install sysbench)"
                : kind.label() + ": does not come with this server";
    }
}
