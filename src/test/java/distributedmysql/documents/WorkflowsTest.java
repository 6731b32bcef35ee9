package distributedmysql.documents;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What GitHub runs for us, with our rights. */
class WorkflowsTest {
    private static final Pattern PINNED = Pattern.compile("uses: [\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+");

    /** A tag can be moved to other code by whoever has the action's account; a commit cannot. */
    @Test
    void everyActionIsOneCommitWithItsVersionBesideIt() throws IOException {
        List<String> uses = lines("uses:");

        assertThat(uses).isNotEmpty().allMatch(line -> PINNED.matcher(line).matches());
        Map<String, Set<String>> versions = uses.stream()
                .map(line -> line.substring("uses: ".length()).split("@"))
                .collect(groupingBy(use -> repository(use[0]), mapping(use -> use[1], toSet())));
        assertThat(versions)
                .as("one version of each")
                .allSatisfy((action, all) -> assertThat(all).hasSize(1));
    }

    @Test
    void noWorkflowMayWriteUnlessAJobSaysSo() throws IOException {
        for (Path workflow : workflows()) {
            assertThat(workflow).content().contains("\npermissions:\n  contents: read\n");
        }
        assertThat(lines("contents: write")).hasSize(1);
    }

    private static String repository(String action) {
        return action.replaceFirst("^([^/]+/[^/]+)/.*", "$1");
    }

    private static List<String> lines(String text) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path workflow : workflows()) {
            Files.readAllLines(workflow).stream()
                    .map(line -> line.strip().replaceFirst("^- ", ""))
                    .filter(line -> line.startsWith(text))
                    .forEach(found::add);
        }
        return found;
    }

    private static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
            return files.sorted().toList();
        }
    }
}
