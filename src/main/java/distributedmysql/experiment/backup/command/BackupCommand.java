package distributedmysql.experiment.backup.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import distributedmysql.backup.BackupException;
import distributedmysql.backup.binlog.DamagedBinlogException;
import distributedmysql.backup.store.DamagedBackupException;
import distributedmysql.backup.store.GapException;
import distributedmysql.backup.store.WrongKeyException;
import distributedmysql.config.SettingsException;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code mvn -q compile exec:java@backups -Dexec.args=list}. The first word says what is done ({@code list}, {@code verify},
 * {@code verify-files}, {@code restore}, {@code recover}, {@code retention}); without one it says what can follow. The store, the key and all
 * else are settings of the experiment {@code backup}, in the same files and as the same {@code -Dkey=value}.
 *
 * <p>Exit code: 0 all is as it should be; 2 a backup is not, or does not reach the target; 1 the arguments or the settings cannot be used, or the
 * store cannot be reached.
 */
public final class BackupCommand {
    static final int FINE = 0;
    static final int NOT_USABLE = 1;
    static final int NOT_AS_IT_SHOULD_BE = 2;

    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final Properties properties;
    private final Map<String, String> environment;
    private final Console console;

    BackupCommand(Properties properties, Map<String, String> environment, Console console) {
        this.properties = properties;
        this.environment = environment;
        this.console = console;
    }

    /** Ends the JVM: an exit code is what this command is for. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        silenceLibraries();
        Wait.sayTo(err::println, SILENCE);
        System.exit(new BackupCommand(System.getProperties(), System.getenv(), new Console(out, err, System.in))
                .run(List.of(arguments)));
    }

    /** Without a configuration, Logback prints everything of every library to where the list of backups goes. */
    private static void silenceLibraries() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    int run(List<String> arguments) {
        try {
            Request request = Arguments.read(arguments);
            try (Opened opened = Opened.of(properties, environment, console)) {
                return run(request, opened);
            }
        } catch (SettingsException | TopologyException e) {
            return failed(e, NOT_USABLE);
        } catch (BackupException
                | DamagedBackupException
                | DamagedBinlogException
                | WrongKeyException
                | GapException e) {
            return failed(e, NOT_AS_IT_SHOULD_BE);
        } catch (IOException e) {
            return failed(e, NOT_USABLE);
        }
    }

    private static int run(Request request, Opened opened) throws IOException {
        if (request instanceof Request.VerifyFiles verify) {
            return new Verification(opened).ofFiles(verify.made());
        }
        opened.requireDirectory();
        if (request instanceof Request.Show show) {
            return new Contents(opened).show(show.json());
        }
        if (request instanceof Request.Verify verify) {
            return new Verification(opened).of(verify.ids());
        }
        if (request instanceof Request.Restore restore) {
            return new MadeServer(opened, restore.directory()).ofBackup(restore.id());
        }
        if (request instanceof Request.Recover recover) {
            return new MadeServer(opened, recover.directory()).asOf(recover.target(), recover.shard());
        }
        return new Retained(opened).retain(((Request.Retain) request).remove());
    }

    private int failed(Exception e, int exitCode) {
        console.err().println((Ending.hasBegun() ? "interrupted: " : "error: ") + e.getMessage());
        return exitCode;
    }
}
