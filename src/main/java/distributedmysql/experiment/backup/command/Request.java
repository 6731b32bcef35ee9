package distributedmysql.experiment.backup.command;

import distributedmysql.backup.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What somebody asks the command for. */
sealed interface Request {
    /** @param json whether a program will read it */
    record Show(boolean json) implements Request {}

    /** @param ids all if there are none */
    record Verify(List<String> ids) implements Request {}

    /** @param made a directory or a file that is in no store */
    record VerifyFiles(Path made) implements Request {}

    /** @param directory where the data goes; without one, the server stays until somebody ends it */
    record Restore(String id, Optional<Path> directory) implements Request {}

    /**
     * @param target empty for the end of what is stored
     * @param shard empty where it was not said
     * @param directory as of {@link Restore}
     */
    record Recover(Optional<Target> target, Optional<Integer> shard, Optional<Path> directory) implements Request {}

    /** @param remove whether it is done, and not only said */
    record Retain(boolean remove) implements Request {}
}
