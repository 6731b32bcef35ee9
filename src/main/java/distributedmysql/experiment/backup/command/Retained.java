package distributedmysql.experiment.backup.command;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Retention;
import distributedmysql.backup.store.RetentionPlan;
import distributedmysql.config.Durations;
import distributedmysql.config.Plural;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Says what {@code backup.retention} keeps and removes in each store, and why; and removes it if told so. */
record Retained(Opened opened) {
    private static final List<String> HEAD = List.of("", "backup", "position", "stored", "why");

    int retain(boolean remove) throws IOException {
        for (BackupStore store : opened.all()) {
            retain(store, remove);
        }
        return BackupCommand.FINE;
    }

    private void retain(BackupStore store, boolean remove) throws IOException {
        Retention rule = opened.own().store().retention();
        Listing listing = store.list();
        RetentionPlan plan = rule.plan(listing, Clock.systemUTC().instant());
        Console console = opened.console();
        console.say(store.where() + ": keep-for = " + Durations.text(rule.keepFor()) + ", keep-fulls = "
                + rule.keepFulls());
        List<List<String>> rows = new ArrayList<>();
        plan.kept().forEach(kept -> rows.add(row("kept", kept)));
        plan.removed().forEach(removed -> rows.add(row(remove ? "removed" : "not kept", removed)));
        if (!rows.isEmpty()) {
            Shown.table(HEAD, rows).forEach(console::say);
        }
        listing.unusable().forEach(left -> console.say("let alone, because it cannot be read: " + left.why()));
        listing.unfinished().forEach(left -> console.say("let alone, because it is unfinished: " + left.id()));
        long bytes =
                plan.toRemove().stream().mapToLong(backup -> backup.bytes()).sum();
        String what = Plural.of(plan.toRemove().size(), "backup") + ", " + Shown.megabytes(bytes);
        if (remove) {
            store.remove(plan.toRemove());
            console.say("removed: " + what);
        } else {
            console.say("would be removed: " + what
                    + (plan.toRemove().isEmpty() ? "" : "; nothing is removed without --remove"));
        }
    }

    private static List<String> row(String what, RetentionPlan.Decision decision) {
        return List.of(
                what,
                decision.backup().id(),
                Shown.seconds(decision.backup().at()),
                Shown.megabytes(decision.backup().bytes()),
                decision.why());
    }
}
