package distributedmysql;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which package may know which, and who may open connections; each rule is broken once by a class of {@code planted}. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java/distributedmysql");
    private static final String PLANTED = "distributedmysql.planted";
    /** Imported once, which takes seconds. */
    static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("distributedmysql");

    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(PLANTED);

    @ParameterizedTest
    @EnumSource
    void holds(ArchitectureRule rule) {
        rule.in("distributedmysql").check(OURS);
    }

    @ParameterizedTest
    @EnumSource
    void namesTheClassThatBreaksIt(ArchitectureRule rule) {
        EvaluationResult result = rule.in(PLANTED).evaluate(BROKEN);

        for (String culprit : culprits(rule)) {
            assertThat(result.getFailureReport().getDetails())
                    .anySatisfy(detail -> assertThat(detail).contains(PLANTED + "." + culprit));
        }
    }

    private static List<String> culprits(ArchitectureRule rule) {
        return switch (rule) {
            case LAYERS -> List.of("config.KnowsTopology", "nowhere.InNoLayer");
            case NO_CYCLES -> List.of("topology.KnowsDocker", "topology.docker.KnowsTopology");
            case DATA_AND_CHECKS_WITHOUT_ENGINES -> List.of("history.KnowsJdbc", "check.KnowsGatling");
            case CHECKS_OF_DATA_ONLY -> List.of("check.KnowsMonitor", "check.KnowsFault");
            case RECORDERS_DO_NOT_JUDGE -> List.of("fault.KnowsCheck", "monitor.KnowsCheck");
            case SCALA_ONLY_INTERNAL -> List.of("gatling.KnowsScala");
            case INTERNAL_BELOW_ITS_USERS -> List.of("gatling.internal.KnowsGatling");
            case INTERNAL_IS_NOT_SHOWN -> List.of("gatling.ShowsInternal.returned", "gatling.ShowsInternal.taken");
            case EXPERIMENTS_APART -> List.of("experiment.backup.KnowsRecovery");
            case SESSIONS_BY_DRIVER_MANAGER ->
                List.of("load.OpensConnections.byDriverManager", "mysql.SessionSettings");
            case POOL_SETTINGS -> List.of("load.OpensConnections.poolSettings");
            case POOLS -> List.of("load.OpensConnections.pool");
            case NO_OTHER_DRIVERS -> List.of("load.OpensConnections.driver", "load.OpensConnections.source");
            case STATEMENTS -> List.of("load.ChangesSessions.query");
            case SESSIONS_STAY_AS_SET -> List.of("load.ChangesSessions");
        };
    }

    /** What is in a string, no bytecode tells from any other string. */
    @Test
    void onlySessionSettingsWriteUrlsAndSessionVariables() throws IOException {
        assertThat(filesWith("\\bjdbc:mysql|sessionVariables")).containsExactly("mysql/SessionSettings");
    }

    @Test
    void noStatementSetsAVariableBackToTheServersDefault() throws IOException {
        assertThat(filesWith("SET (SESSION |@@)?\\w+ ?= ?DEFAULT")).isEmpty();
    }

    /** Without the folders before and {@code .java}. */
    private static List<String> filesWith(String pattern) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (Pattern.compile(pattern).matcher(Files.readString(file)).find()) {
                    found.add(SOURCES.relativize(file).toString().replace(".java", ""));
                }
            }
        }
        return found;
    }
}
