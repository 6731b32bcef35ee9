package distributedmysql.benchmark;

import distributedmysql.mysql.Credentials;
import distributedmysql.report.ToolVersions;
import io.gatling.app.Gatling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One of the two engines, in Gatling. */
final class GatlingGenerator implements Generator {
    private final Target target;
    private final GeneratorKind kind;
    private final Path result;

    GatlingGenerator(Target target, GeneratorKind kind) {
        this.target = target;
        this.kind = kind;
        this.result = target.directory().resolve(kind.label() + "-result.json");
    }

    @Override
    public GeneratorKind kind() {
        return kind;
    }

    @Override
    public String version() {
        ToolVersions versions = ToolVersions.read();
        return "Gatling " + versions.gatling() + ", Connector/J " + versions.connectorJ() + ", "
                + (kind == GeneratorKind.ROUTED ? "our engine " + versions.framework() : "gatling-jdbc plugin 0.14.1");
    }

    @Override
    public Optional<String> cannot(LoadPlan plan) {
        if (kind == GeneratorKind.ROUTED) {
            return Optional.empty();
        }
        if (plan.targetRate() != null) {
            return Optional.of("the open model compares our own engine with sysbench");
        }
        return plan.workload() == Workload.TRANSACTION
                ? Optional.of("it cannot run several statements in one transaction")
                : Optional.empty();
    }

    @Override
    public GeneratorProcess start(LoadPlan plan) throws IOException {
        Credentials load = target.node().load();
        GatlingPlan whole = new GatlingPlan(
                kind,
                plan,
                target.node().address().host(),
                target.node().address().port(),
                target.node().version().full(),
                target.database(),
                load.user(),
                result.toString());
        Path file = target.write(kind.label() + "-plan.json", whole.json());
        List<String> command = GatlingJvm.command(target.directory());
        int classPath = command.indexOf("-cp");
        command.add(classPath, "-D" + GatlingPlan.PROPERTY + "=" + file);
        Stream<String> connectionSettings =
                System.getProperties().stringPropertyNames().stream().filter(key -> key.startsWith("connection."));
        connectionSettings.forEach(key -> command.add(classPath, "-D" + key + "=" + System.getProperty(key)));
        command.addAll(List.of(
                Gatling.class.getName(),
                "-s",
                BenchmarkSimulation.class.getName(),
                "-rf",
                target.directory().resolve("gatling").toString(),
                "-nr"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(GatlingPlan.PASSWORD, load.password().text());
        return new GeneratorProcess(builder, Optional.of(GatlingPlan.BEGIN_LINE));
    }

    @Override
    public Optional<ToolReport> report(LoadPlan plan, String output) throws IOException {
        return Optional.of(GatlingPlan.readResult(result));
    }
}
