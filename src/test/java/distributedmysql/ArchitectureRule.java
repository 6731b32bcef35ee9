package distributedmysql;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.Architectures;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.CommonDataSource;

/** What must hold of compiled classes. Each is a function of the package that all of ours are in. */
enum ArchitectureRule {
    LAYERS(ArchitectureRule::layers),

    NO_CYCLES(base -> slices().matching(base + ".(**)").should().beFreeOfCycles()),

    DATA_AND_CHECKS_WITHOUT_ENGINES(base -> noClasses()
            .that()
            .resideInAnyPackage(base + ".history..", base + ".check..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "com.mysql..", "com.zaxxer..", "io.gatling..", "scala..")),

    CHECKS_OF_DATA_ONLY(base -> noClasses()
            .that()
            .resideInAPackage(base + ".check..")
            .should()
            .dependOnClassesThat(resideInAPackage(base + "..")
                    .and(not(resideInAnyPackage(base + ".check..", base + ".config..", base + ".history.."))))),

    /** They record; what it means, a check says afterwards. */
    RECORDERS_DO_NOT_JUDGE(base -> noClasses()
            .that()
            .resideInAnyPackage(base + ".fault..", base + ".monitor..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(base + ".check..")),

    SCALA_ONLY_INTERNAL(base -> noClasses()
            .that()
            .resideOutsideOfPackage(base + ".gatling.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("scala..")),

    INTERNAL_BELOW_ITS_USERS(base -> noClasses()
            .that()
            .resideInAPackage(base + ".gatling.internal..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage(base + ".gatling..").and(not(resideInAPackage(base + ".gatling.internal.."))))),

    /** A user who needs such a type would have to import what may change at any time. */
    INTERNAL_IS_NOT_SHOWN(base -> noCodeUnits()
            .that()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage(base + "..internal..")
            .and(describe("are public or protected", ArchitectureRule::isShown))
            .should()
            .haveRawReturnType(resideInAPackage(base + "..internal.."))
            .orShould()
            .haveRawParameterTypes(describe(
                    "of which one is internal",
                    types -> types.stream().anyMatch(resideInAPackage(base + "..internal.."))))),

    /** An experiment adds to the framework, and can be taken away again. */
    EXPERIMENTS_APART(base -> slices().matching(base + ".experiment.(*)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true)),

    /** Past {@code SessionSettings}, a connection would depend on the server's defaults. */
    SESSIONS_BY_DRIVER_MANAGER(base -> only(
            base, List.of("mysql.SessionSettings"), "use DriverManager", access -> isOf(access, DriverManager.class))),

    POOL_SETTINGS(base -> only(
            base,
            List.of("load.NodePool", "load.StripedPool"),
            "make a HikariConfig",
            access -> makes(access, HikariConfig.class))),

    POOLS(base -> only(
            base,
            List.of("load.ConnectionStep", "load.StripedPool"),
            "make a HikariDataSource",
            access -> makes(access, HikariDataSource.class))),

    NO_OTHER_DRIVERS(base -> only(
            base,
            List.of(),
            "make a driver or a data source",
            access -> !access.getTargetOwner().getPackageName().startsWith(base)
                    && !makes(access, HikariDataSource.class)
                    && (makes(access, Driver.class) || makes(access, CommonDataSource.class)))),

    /** What is no load goes by {@code Mysql}, which times it out and words its errors. */
    STATEMENTS(base -> only(
            base,
            List.of(
                    "mysql.Mysql",
                    "load.HeldConnection",
                    "experiment.connections.ConnectionsSteps",
                    "experiment.groupconsistency.GroupTable",
                    "experiment.sharding.resharding.ReshardedTable",
                    "experiment.writeconflicts.CounterTable",
                    "ledger.LedgerClient",
                    "monitor.table.Session",
                    "load.data.RowWriter",
                    "load.data.ProbeTable"),
            "make statements",
            access -> isOf(access, Connection.class)
                    && Set.of("createStatement", "prepareStatement").contains(access.getName()))),

    /** What would turn something that sessions set back to the server's default, or go round it. */
    SESSIONS_STAY_AS_SET(base -> only(
            base,
            List.of(),
            "change what sessions set",
            access -> (isOf(access, Connection.class) || isOf(access, Statement.class))
                    && Set.of(
                                    "setMaxRows",
                                    "setLargeMaxRows",
                                    "resetServerState",
                                    "nativeSQL",
                                    "setEscapeProcessing",
                                    "prepareCall")
                            .contains(access.getName())));

    /** From the bottom: a package may know those of its own layer and of the layers below. */
    private static final List<List<String>> PACKAGES = List.of(
            List.of("config", "time", "statistics"),
            List.of("mysql", "history", "shard"),
            List.of("topology"),
            List.of("check", "monitor"),
            List.of("load", "fault", "backup"),
            List.of("gatling", "report"),
            List.of("comparison", "run"),
            List.of("ledger"),
            List.of("experiment"));

    private final Function<String, ArchRule> rule;

    ArchitectureRule(Function<String, ArchRule> rule) {
        this.rule = rule;
    }

    /** @param base {@code distributedmysql}, or where a test keeps classes that break the rule */
    ArchRule in(String base) {
        return rule.apply(base);
    }

    private static ArchRule layers(String base) {
        Architectures.LayeredArchitecture layers = Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true);
        List<String> below = new ArrayList<>();
        for (List<String> packages : PACKAGES) {
            String layer = String.join(", ", packages);
            layers = layers.layer(layer)
                    .definedBy(packages.stream()
                            .map(name -> base + "." + name + "..")
                            .toArray(String[]::new));
            layers = below.isEmpty()
                    ? layers.whereLayer(layer).mayNotAccessAnyLayer()
                    : layers.whereLayer(layer).mayOnlyAccessLayers(below.toArray(String[]::new));
            below.add(layer);
        }
        return layers.ensureAllClassesAreContainedInArchitecture();
    }

    /** And each of these places does it: a list that names more is out of date. */
    private static ArchRule only(String base, List<String> places, String what, Predicate<JavaAccess<?>> access) {
        List<String> names = places.stream().map(place -> base + "." + place).toList();
        DescribedPredicate<JavaClass> place = describe("are one of " + places, type -> names.contains(type.getName()));
        return CompositeArchRule.of(noClasses().that(not(place)).should().accessTargetWhere(describe(what, access)))
                .and(classes()
                        .that(place)
                        .should()
                        .accessTargetWhere(describe(what, access))
                        .allowEmptyShould(true));
    }

    private static boolean makes(JavaAccess<?> access, Class<?> type) {
        JavaClass owner = access.getTargetOwner();
        return access.getName().equals("<init>")
                && (type.isInterface() ? owner.isAssignableTo(type) : owner.isEquivalentTo(type));
    }

    private static boolean isOf(JavaAccess<?> access, Class<?> type) {
        return access.getTargetOwner().isAssignableTo(type);
    }

    private static boolean isShown(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
    }
}
