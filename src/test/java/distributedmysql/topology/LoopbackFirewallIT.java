package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopbackFirewallIT {
    private static final List<String> MATCH = List.of("-s", "127.255.255.253", "--dport", "1");

    /** Makes a rule and waits to be killed. */
    static final class KilledRun {
        public static void main(String[] arguments) throws InterruptedException {
            LoopbackFirewall.drop(MATCH);
            System.out.println("made");
            TimeUnit.MINUTES.sleep(5);
        }
    }

    @Test
    void rulesOfAKilledRunAreRemovedAndThoseOfALivingOneAreNot() throws IOException, InterruptedException {
        assumeTrue(
                LoopbackFirewall.impossible().isEmpty(),
                () -> "no firewall: " + LoopbackFirewall.impossible().orElse(""));
        List<String> said = new ArrayList<>();
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(killed.getInputStream().readNBytes("made".length()))
                    .asString()
                    .isEqualTo("made");
            LoopbackFirewall.drop(MATCH);
            assertThat(rules()).hasSize(2);

            LoopbackFirewall.removeLeftOvers(said::add);
            assertThat(rules()).as("both runs live").hasSize(2);

            killed.destroyForcibly().waitFor();
            LoopbackFirewall.removeLeftOvers(said::add);
            assertThat(rules()).hasSize(1);
            assertThat(said).containsExactly("removed what a killed run left over: 1 firewall rule");
        } finally {
            killed.destroyForcibly();
            LoopbackFirewall.accept(MATCH);
            LoopbackFirewall.accept(MATCH);
        }
        assertThat(rules()).isEmpty();
    }

    private static List<String> rules() throws IOException {
        return Command.run(List.of("iptables", "-w", "5", "-S", "INPUT"), Map.of(), Duration.ofSeconds(20))
                .output()
                .lines()
                .filter(line -> line.contains("127.255.255.253"))
                .toList();
    }
}
