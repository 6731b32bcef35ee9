package distributedmysql.experiment.sharding.search;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.config.PlannedTime;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.monitor.LoadTime;
import distributedmysql.mysql.TopologyException;
import distributedmysql.run.Check;
import distributedmysql.run.Part;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.run.Timing;
import distributedmysql.topology.Shards;
import java.util.List;
import java.util.Optional;

/** Searches of all shards, then joins across them; where there is one shard, neither is run. */
public final class SearchRun implements Part {
    private final TestRun run;
    private final SearchSettings settings;
    private final Shards shards;
    private final long seed;
    private final GuildData data;
    private final GuildTables tables;
    private final SearchRecord searches;
    private volatile StageRecorder stage;
    private volatile JoinsRecord joins;
    private volatile LoadTime joining;
    private volatile String problem = "";

    public SearchRun(TestRun run, SearchSettings settings) {
        this.run = run;
        this.settings = settings;
        this.shards = run.shards();
        this.seed = run.settings().data().seed();
        this.data = new GuildData(seed, settings.players(), settings.guilds());
        this.tables = new GuildTables(shards, run.settings().data().database());
        this.searches = new SearchRecord(shards.map().shards(), this::isSteady);
    }

    /** As the stage counts it, so that its figures and those of the searches are of the same requests. */
    private boolean isSteady(long startNanos) {
        return stage.steadyTime().filter(time -> time.contains(startNanos)).isPresent();
    }

    /** That it may make. */
    public static List<String> tables() {
        return GuildTables.TABLES;
    }

    @Override
    public List<Step> steps() {
        List<String> names = List.of(SearchCheck.NAME, JoinsCheck.NAME, OneShardCheck.NAME);
        if (run.settings().readOnly()) {
            run.notRun(names, "it needs writes, and external.read-only = true");
            return List.of();
        }
        if (!shards.areSeveral()) {
            run.notRun(names, Shards.ONLY_ONE);
            return List.of();
        }
        SearchLoad load = new SearchLoad(settings, tables, searches, seed);
        stage = run.record(load.plan(), List.of(SearchLoad.STAGE));
        int poolSize = run.settings().connection().poolSize();
        return List.of(
                run.alone("search: making the tables", SearchSettings.PREPARATION, () -> tables.create(data)),
                new Step(load.plan(), List.of(load.population(run.connections(), poolSize))),
                run.alone(SearchSection.JOINS, PlannedTime.BETWEEN, this::join),
                run.judge(List.of(
                        new Check(
                                SearchCheck.NAME,
                                SearchCheck.MEANING,
                                () -> SearchCheck.check(data, shards.map(), settings.limit(), searches.answers())),
                        new Check(
                                        JoinsCheck.NAME,
                                        JoinsCheck.MEANING,
                                        () -> joins == null
                                                ? notPlayed(JoinsCheck.NAME)
                                                : JoinsCheck.check(
                                                        data, shards.map(), joins.acrossShards(), joins.onOneServer()))
                                .ofEvidence(this::joinTimes),
                        new Check(
                                OneShardCheck.NAME,
                                OneShardCheck.MEANING,
                                () -> joins == null
                                        ? notPlayed(OneShardCheck.NAME)
                                        : OneShardCheck.check(data, shards.map(), joins.onOneShard())))));
    }

    private void join() {
        JoinClient client = new JoinClient(shards, run.servers().pools(), tables);
        long began = System.nanoTime();
        try {
            joins = JoinsRecord.play(client, data, settings.joins(), seed);
        } catch (TopologyException e) {
            problem = ": " + e.getMessage();
            run.say(JoinsCheck.NAME + problem);
        } finally {
            joining = new LoadTime(began, System.nanoTime());
        }
    }

    private List<Timing> joinTimes() {
        return joining == null ? List.of() : List.of(new Timing(SearchSection.JOINS, joining, Timing.SOME));
    }

    private CheckResult notPlayed(String name) {
        return CheckResult.unknown(
                name,
                problem.isEmpty() ? Doubt.NOT_PLAYED : Doubt.SERVERS_FAILED,
                "the joins were not played to their end" + problem);
    }

    /** What it measured so far; empty if it was not played. */
    public Optional<SearchSection> section() {
        return stage == null ? Optional.empty() : Optional.of(measured());
    }

    private SearchSection measured() {
        long failed = stage.measured().map(steady -> steady.all().failed()).orElse(0L);
        JoinsRecord played = joins;
        return new SearchSection(searches.section(settings, failed), played == null ? null : played.section(data));
    }
}
