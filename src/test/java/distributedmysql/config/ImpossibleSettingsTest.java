package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.ExternalSettings.Hooks;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that are allowed by themselves and not together. */
class ImpossibleSettingsTest extends RefusedSettings {
    @Test
    void aGroupOfTwoIsRefused() {
        assertRefused(
                "command line: embedded.replication = group: a group needs at least 3 servers, because a majority of 2 is"
                        + " both of them: embedded.replicas must be from 2 to 8 (embedded.replicas = 1, default.conf)",
                "embedded.replication=group");
        assertRefused(
                "command line: docker.replication = group: a group needs at least 3 servers, because a majority of 2 is"
                        + " both of them: docker.replicas must be from 2 to 8 (docker.replicas = 1, default.conf)",
                "docker.replication=group");
    }

    @Test
    @DisplayName("Ranges of keys must ascend, leave no gap, and be one for each shard")
    void ranges() {
        String ranges = "shards.strategy=ranges";
        String two = "embedded.shards=2";
        assertRefused(
                "command line: shards.ranges = ..9,11..: must leave no gap: no range has the keys from 10 to 10",
                ranges,
                two,
                "shards.ranges=..9,11..");
        assertRefused(
                "command line: shards.ranges = ..9,9..: must ascend: the end of ..9 comes after the beginning of 9..",
                ranges,
                two,
                "shards.ranges=..9,9..");
        assertRefused(
                "command line: shards.ranges = ..9,10..5,6..: must ascend: 10..5 ends before it begins",
                ranges,
                "embedded.shards=3",
                "shards.ranges=..9,10..5,6..");
        assertRefused(
                "command line: shards.ranges = 1..9,10..: must have no beginning of the first range and no end of the last"
                        + " one, and both of every other, because each key needs a shard",
                ranges,
                two,
                "shards.ranges=1..9,10..");
        assertRefused(
                "command line: shards.ranges = ..9,10..: shards.ranges must have one range for each shard: 3 ("
                        + "embedded.shards = 3, command line)",
                ranges,
                "embedded.shards=3",
                "shards.ranges=..9,10..");
        assertRefused(
                "command line: shards.strategy = ranges: shards.ranges must say which keys each of the shards has, for"
                        + " instance [..999, 1000..1999, 2000..] (embedded.shards = 3, command line)",
                ranges,
                "embedded.shards=3");
        assertRefused(
                "command line: shards.ranges = ..9,10..: shards.ranges must be empty, or shards.strategy must be ranges"
                        + " (shards.strategy = ring, default.conf)",
                two,
                "shards.ranges=..9,10..");
        assertRefused(
                "command line: shards.ranges = a: must be a list such as [..999, 1000..]; \"a\" is not",
                "shards.ranges=a");
    }

    @Test
    void shardsBehindARouterAreRefused() {
        assertRefused("command line: embedded.shards = 0: must be a whole number from 1 to 16", "embedded.shards=0");
        assertRefused(
                "command line: embedded.shards = 2: a router is in front of one replica set, and does not know which shard a"
                        + " key belongs to: embedded.router must be none, or embedded.shards must be 1 (embedded.router ="
                        + " haproxy, command line)",
                "embedded.shards=2",
                "embedded.router=haproxy");
    }

    @Test
    void moreReplicasThanAGroupHasSecondariesAreRefused() {
        assertRefused(
                "command line: external.replicas = a:1,b:1,c:1,d:1,e:1,f:1,g:1,h:1,i:1: must be 8 replicas at most",
                "external.replicas=a:1,b:1,c:1,d:1,e:1,f:1,g:1,h:1,i:1");
    }

    @Test
    @DisplayName("Only a group can have several primaries, and a router cannot follow them")
    void multiPrimary() {
        assertRefused(
                "command line: embedded.group-mode = multi-primary: only a group has several primaries:"
                        + " embedded.group-mode must be single-primary, or embedded.replication must be group"
                        + " (embedded.replication = async, default.conf)",
                "embedded.group-mode=multi-primary");
        assertRefused(
                "command line: embedded.group-mode = multi-primary: a router follows the one primary of a group, and in"
                        + " multi-primary mode there is no such one: embedded.router must be none (embedded.router ="
                        + " haproxy, command line)",
                "embedded.replication=group",
                "embedded.replicas=2",
                "embedded.group-mode=multi-primary",
                "embedded.router=haproxy");
        assertRefused(
                "command line: docker.group-mode = multi-primary: only a group has several primaries: docker.group-mode"
                        + " must be single-primary, or docker.replication must be group (docker.replication = async,"
                        + " default.conf)",
                "docker.group-mode=multi-primary");
        assertRefused(
                "command line: embedded.group-mode = both: must be one of multi-primary, single-primary",
                "embedded.group-mode=both");
    }

    @Test
    void impossibleCombinationsNameBothSides() {
        assertRefused(
                "command line: performance.max-throughput.concurrency = 200: 200 connections at once"
                        + " (performance.max-throughput.concurrency) do not fit connection.pool-size = 100"
                        + " (connection.pool-size = 100, command line)",
                "performance.max-throughput.concurrency=200",
                "connection.pool-size=100");
        assertRefused(
                "command line: connection.pool-size = 590: embedded.max-connections = 600 must be at least 20 more than"
                        + " connection.pool-size, because the framework has connections of its own"
                        + " (embedded.max-connections = 600, default.conf)",
                "connection.pool-size=590");
        assertRefused(
                "command line: connection.socket-timeout = 5s: connection.socket-timeout must be longer than"
                        + " connection.statement-timeout, or a slow statement looks like a broken connection"
                        + " (connection.statement-timeout = 10s, default.conf)",
                "connection.socket-timeout=5s");
        assertRefused(
                "command line: consistency.gtid-wait-timeout = 10s: consistency.gtid-wait-timeout must be shorter than"
                        + " connection.statement-timeout (connection.statement-timeout = 10s, default.conf)",
                "consistency.gtid-wait-timeout=10s");
        for (String replicas : List.of("a:1,b:2,a:1", "c:3")) {
            assertRefused(
                    "command line: external.replicas = " + replicas + ": a server may be there only once in"
                            + " external.replicas, and not be external.primary (external.primary = c:3, command line)",
                    "external.primary=c:3",
                    "external.replicas=" + replicas);
        }
    }

    @ParameterizedTest
    @DisplayName("Whichever of two keys the user has set is blamed, and the default is named beside it")
    @CsvSource(
            delimiter = '|',
            value = {
                "soak.duration|15s|soak.leaks.min-duration",
                "soak.leaks.min-duration|50s|soak.duration",
                "soak.leaks.warm-up-share|0.9|soak.leaks.min-duration",
                "soak.duration|3s|soak.interval",
                "soak.duration|20h|soak.interval",
                "connection.statement-timeout|50m|connection.socket-timeout",
                "connection.statement-timeout|1s|consistency.gtid-wait-timeout",
                "connection.pool-size|10|performance.max-throughput.concurrency",
                "connection.pool-size|590|embedded.max-connections",
                "embedded.max-connections|510|connection.pool-size",
                "consistency.read-after-write.rounds|1|consistency.read-after-write.min-samples",
                "external.hooks.kill|x|external.allow-faults",
                "external.primary|127.0.0.1:3307|external.replicas",
            })
    void theUsersKeyIsBlamed(String key, String value, String other) {
        assertThatThrownBy(() -> SettingsTest.load(key + "=" + value))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("command line: " + key + " = " + value + ": ")
                .hasMessageMatching(
                        ".*[(;] ?" + Pattern.quote(other) + " = .*, \\S*(default|experiments/\\w+)\\.conf: \\d+.*");
    }

    @Test
    void impossibleStabilitySettingsSayWhatWouldDo() {
        assertRefused(
                "command line: soak.leaks.min-duration = 50s: no more than 45.0 s of soak.duration are"
                        + " left after soak.leaks.warm-up-share, fewer than soak.leaks.min-duration, so no verdict"
                        + " is possible; soak.leaks.required = false only reports (soak.duration = 60s,"
                        + " default.conf; soak.leaks.warm-up-share = 0.25, default.conf)",
                "soak.leaks.min-duration=50s");
        assertRefused(
                "command line: soak.interval = 1s: soak.interval must be at least 3600ms, the 1000th"
                        + " part of soak.duration (soak.duration = 1h, command line)",
                "soak.duration=1h",
                "soak.interval=1s");
        assertRefused(
                "command line: soak.leaks.sample-interval = 1s: soak.leaks.sample-interval must be at least"
                        + " 3600ms, the 1000th part of soak.duration (soak.duration = 1h, command line)",
                "soak.duration=1h",
                "soak.interval=1m",
                "soak.leaks.sample-interval=1s");
        assertRefused(
                "command line: soak.interval = 6s: soak.duration has fewer than 12 of"
                        + " soak.interval, so no verdict is possible; soak.drift.required = false only"
                        + " reports (soak.duration = 60s, default.conf)",
                "soak.interval=6s");
        assertRefused(
                "command line: connections.steps = 10,10: must rise from step to step", "connections.steps=10,10");
    }

    @Test
    void aPoolMustFitTheContainersToo() {
        assertRefused(
                "command line: connection.pool-size = 500: docker.max-connections = 510 must be at least 20 more than"
                        + " connection.pool-size, because the framework has connections of its own"
                        + " (docker.max-connections = 510, command line)",
                "topology=docker",
                "docker.max-connections=510",
                "connection.pool-size=500");
    }

    @Test
    void faultsOnServersThatAreNotOursNeedBothWordAndCommands() {
        assertRefused(
                "command line: external.allow-faults = true: external.allow-faults needs the commands external.hooks.kill"
                        + " and external.hooks.start (external.hooks.kill = x, command line; external.hooks.start = ,"
                        + " default.conf)",
                "external.allow-faults=true",
                "external.hooks.kill=x");
        for (String hook : List.of("kill", "promote", "start")) {
            assertThatThrownBy(() -> SettingsTest.load("external.allow-faults=false", "external.hooks." + hook + "=x"))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("command line: external.allow-faults = false: external.allow-faults must be"
                            + " true, or external.hooks.kill, external.hooks.promote and external.hooks.start must be empty"
                            + " (external.hooks." + hook + " = x, command line; ");
        }
    }

    @Test
    void whereSomebodyElsePromotesThereIsNoCommandForIt() {
        Hooks hooks = SettingsTest.load(
                        "external.allow-faults=true", "external.hooks.kill= x ", "external.hooks.start=y")
                .external()
                .hooks();
        assertThat(hooks).isEqualTo(new Hooks("x", "", "y"));
    }

    @Test
    void whatAReadOnlyRunCannotBeCombinedWithIsRefused() {
        assertRefused(
                "command line: external.read-only = true: external.read-only must be false where external.allow-faults is"
                        + " true (external.allow-faults = true, command line)",
                "external.read-only=true",
                "external.allow-faults=true",
                "external.hooks.kill=x",
                "external.hooks.start=x");
        assertRefused(
                "command line: external.compare-databases = shop: external.compare-databases needs external.read-only ="
                        + " true; other runs compare the tables of data.database (external.read-only = false, default.conf)",
                "external.compare-databases=shop");
        assertRefused(
                "command line: external.compare-databases = shop,shop: must be a list of databases that are not"
                        + " system schemas, each at most once",
                "external.read-only=true",
                "external.compare-databases=shop,shop");
    }

    @Test
    void onlyAReadOnlyRunCanGoWithoutLoad() {
        assertRefused(
                "command line: external.send-load = false: external.send-load must be true, or external.read-only must be"
                        + " true too (external.read-only = false, default.conf)",
                "external.send-load=false");
    }

    @Test
    void anAuthorityThatNothingIsVerifiedWithIsRefused() {
        assertRefused(
                "command line: connection.ca-file = ca.pem: connection.ca-file is of no use unless connection.ssl-mode is"
                        + " verify-ca or verify-identity (connection.ssl-mode = disabled, default.conf)",
                "connection.ca-file=ca.pem");
    }
}
