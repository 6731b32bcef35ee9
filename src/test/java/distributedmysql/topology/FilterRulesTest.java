package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.topology.FilterRules.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterRulesTest {
    /** What stops CREATE DATABASE ours, and a change of ours.players; "-" if it passes. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # filters                                                      | database          | table
            ''                                                             | -                 | -
            DO_DB=app                                                      | DO_DB             | DO_DB
            DO_DB=app,ours                                                 | -                 | -
            DO_DB=ours2                                                    | DO_DB             | DO_DB
            DO_DB=Ours                                                     | DO_DB             | DO_DB
            IGNORE_DB=app                                                  | -                 | -
            IGNORE_DB=app,ours                                             | IGNORE_DB         | IGNORE_DB
            DO_DB=ours; IGNORE_DB=ours                                     | -                 | -
            DO_DB=app; IGNORE_DB=other                                     | DO_DB             | DO_DB
            DO_TABLE=app.t                                                 | -                 | DO_TABLE
            DO_TABLE=app.t,ours.players                                    | -                 | -
            DO_TABLE=ours.players; IGNORE_TABLE=ours.players               | -                 | -
            IGNORE_TABLE=app.t                                             | -                 | -
            IGNORE_TABLE=ours.players                                      | -                 | IGNORE_TABLE
            IGNORE_TABLE=ours.other                                        | -                 | -
            WILD_DO_TABLE=app.%                                            | WILD_DO_TABLE     | WILD_DO_TABLE
            WILD_DO_TABLE=app.%,ours.%                                     | -                 | -
            WILD_DO_TABLE=o_rs.%                                           | -                 | -
            WILD_DO_TABLE=o\\_rs.%                                          | WILD_DO_TABLE     | WILD_DO_TABLE
            WILD_DO_TABLE=ours.p%                                          | WILD_DO_TABLE     | -
            WILD_DO_TABLE=%.%                                              | -                 | -
            WILD_IGNORE_TABLE=ours.%                                       | WILD_IGNORE_TABLE | WILD_IGNORE_TABLE
            WILD_IGNORE_TABLE=our%.%                                       | WILD_IGNORE_TABLE | WILD_IGNORE_TABLE
            WILD_IGNORE_TABLE=ours.p_ayers                                 | -                 | WILD_IGNORE_TABLE
            WILD_IGNORE_TABLE=%.\\_%\\_gho,mysql.%                           | -                 | -
            WILD_DO_TABLE=ours.%; WILD_IGNORE_TABLE=%.%                    | -                 | -
            DO_TABLE=app.t; WILD_DO_TABLE=ours.%                           | -                 | -
            DO_TABLE=app.t; WILD_IGNORE_TABLE=ours.p%                      | -                 | WILD_IGNORE_TABLE
            IGNORE_TABLE=ours.players; WILD_DO_TABLE=ours.%                | -                 | IGNORE_TABLE
            DO_DB=ours; WILD_DO_TABLE=app.%                                | -                 | WILD_DO_TABLE
            DO_DB=app; WILD_DO_TABLE=ours.%                                | DO_DB             | DO_DB
            IGNORE_DB=app; WILD_IGNORE_TABLE=ours.%                        | -                 | WILD_IGNORE_TABLE
            REWRITE_DB=(app,app2)                                          | -                 | -
            REWRITE_DB=(app,app2),(ours,app3)                              | REWRITE_DB        | REWRITE_DB
            REWRITE_DB=(app,ours)                                          | REWRITE_DB        | REWRITE_DB
            """)
    void whatPassesIsWhatTheManualSays(String filters, String database, String table) {
        FilterRules rules = rules(false, filters == null ? "" : filters);
        assertThat(rules.stopsDatabase("ours").map(FilterRulesTest::kind)).isEqualTo(wanted(database));
        assertThat(rules.stopsTable("ours", "players").map(FilterRulesTest::kind))
                .isEqualTo(wanted(table));
    }

    private static Optional<String> wanted(String kind) {
        return kind.equals("-") ? Optional.empty() : Optional.of(kind);
    }

    private static String kind(String filter) {
        return filter.substring("replicate_".length(), filter.indexOf(" = ")).toUpperCase(Locale.ROOT);
    }

    @Test
    void theCaseOfNamesIsTheServers() {
        assertThat(rules(true, "DO_DB=Ours").stopsDatabase("ours")).isEmpty();
        assertThat(rules(true, "WILD_IGNORE_TABLE=OURS.%").stopsTable("ours", "players"))
                .isPresent();
        assertThat(rules(false, "WILD_IGNORE_TABLE=OURS.%").stopsTable("ours", "players"))
                .isEmpty();
    }

    @Test
    void theFirstThatStopsIsNamedWithItsValueAndTheTable() {
        FilterRules rules = rules(false, "IGNORE_TABLE=app.t,ours.logs; WILD_IGNORE_TABLE=mysql.%");
        assertThat(rules.shown())
                .containsExactly("replicate_ignore_table = app.t,ours.logs", "replicate_wild_ignore_table = mysql.%");
        assertThat(rules.stops("ours", List.of("players", "logs")))
                .contains("replicate_ignore_table = app.t,ours.logs, by its table logs");
        assertThat(rules.stops("ours", List.of("players"))).isEmpty();
        assertThat(rules(false, "").shown()).isEmpty();
    }

    private static FilterRules rules(boolean ignoresCase, String filters) {
        Map<Kind, String> shown = new EnumMap<>(Kind.class);
        for (String filter : filters.split("; ")) {
            if (!filter.isEmpty()) {
                String[] parts = filter.split("=");
                shown.put(Kind.valueOf(parts[0]), parts[1]);
            }
        }
        return FilterRules.of("replicate_", ignoresCase, shown);
    }
}
