package distributedmysql.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTarTest {
    @TempDir
    private Path directory;

    @Test
    void comesBackAsItWas() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source"));
        Path deep = Files.createDirectories(source.resolve("#innodb_redo/" + "long".repeat(50)));
        byte[] noise = new byte[3_000_001];
        new Random(1).nextBytes(noise);
        Files.write(deep.resolve("größe.ibd"), noise);
        Files.createFile(source.resolve("empty"));
        Files.createDirectory(source.resolve("empty directory"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DirectoryTar.write(source, out);

        Path target = directory.resolve("target");
        DirectoryTar.extract(new ByteArrayInputStream(out.toByteArray()), target);

        assertThat(target.resolve(source.relativize(deep)).resolve("größe.ibd")).hasBinaryContent(noise);
        assertThat(target.resolve("empty")).isEmptyFile();
        assertThat(target.resolve("empty directory")).isEmptyDirectory();
    }

    @Test
    void nothingIsWrittenOutside() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        tar.putArchiveEntry(new TarArchiveEntry("a/../../escaped"));
        tar.closeArchiveEntry();
        tar.finish();

        assertThatThrownBy(() ->
                        DirectoryTar.extract(new ByteArrayInputStream(out.toByteArray()), directory.resolve("target")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("outside");
        assertThat(directory.resolve("escaped")).doesNotExist();
    }
}
