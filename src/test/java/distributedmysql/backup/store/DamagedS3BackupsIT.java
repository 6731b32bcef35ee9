package distributedmysql.backup.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;

@Tag("nightly")
@DisplayName("Damage to backups in a bucket is found and named, as in a directory")
class DamagedS3BackupsIT extends DamagedBackups {
    private static S3Bucket bucket;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        bucket = S3Bucket.start(directory);
    }

    @AfterAll
    static void end() {
        if (bucket != null) {
            bucket.close();
        }
    }

    /** Larger objects only encrypted: what is not goes the same way as in a directory. */
    @Override
    Stream<Arguments> damages() {
        return super.damages().filter(each -> (boolean) each.get()[1] || (int) each.get()[2] == SMALL);
    }

    @Override
    ObjectStore empty() {
        return bucket.empty();
    }

    @Override
    ObjectStore copy(ObjectStore made) throws IOException {
        return bucket.copy(made);
    }
}
