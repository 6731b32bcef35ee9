package distributedmysql.backup.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Damage to backups in a directory is found and named")
class DamagedLocalBackupsTest extends DamagedBackups {
    @TempDir
    private static Path directory;

    /** Not by the store, which waits for the disk. */
    @Override
    ObjectStore copy(ObjectStore made) throws IOException {
        Path copy = Files.createTempDirectory(directory, "copy");
        for (StoredObject object : made.list("")) {
            Path file = copy.resolve(object.name());
            Files.createDirectories(file.getParent());
            Files.copy(Path.of(made.where(object.name())), file);
        }
        return new LocalStore(copy);
    }

    @Override
    ObjectStore empty() throws IOException {
        return new LocalStore(Files.createTempDirectory(directory, "store"));
    }
}
