package distributedmysql.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.gatling.internal.ProbeFactory;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Steps one after the other. Gatling lets a population follow one other population, not several: where a step has
 * several, each is followed by one user that says so, and the next step follows the user that waits for all of them.
 */
final class Chain {
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Consumer<String> progress;

    /**
     * @param progress is told if a step is not waited for any longer
     */
    Chain(Consumer<String> progress) {
        this.progress = progress;
    }

    /** The populations of the first step, which the others follow. */
    List<PopulationBuilder> of(List<Step> steps) {
        List<PopulationBuilder> following = List.of();
        for (int i = steps.size() - 1; i >= 0; i--) {
            List<PopulationBuilder> populations = steps.get(i).populations();
            following = following.isEmpty() ? populations : followed("step " + (i + 1), steps.get(i), following);
        }
        return following;
    }

    private List<PopulationBuilder> followed(String name, Step step, List<PopulationBuilder> following) {
        List<PopulationBuilder> populations = new ArrayList<>(step.populations());
        PopulationBuilder[] next = following.toArray(PopulationBuilder[]::new);
        int others = populations.size() - 1;
        if (others > 0) {
            CountDownLatch ended = new CountDownLatch(others);
            next = new PopulationBuilder[] {
                one(name + " ends", () -> await(ended, name, step)).andThen(next)
            };
            for (int i = 1; i <= others; i++) {
                populations.set(i, populations.get(i).andThen(one(name + ", population " + (i + 1), ended::countDown)));
            }
        }
        populations.set(0, populations.get(0).andThen(next));
        return populations;
    }

    private void await(CountDownLatch ended, String name, Step step) {
        long seconds = step.expected().plus(GRACE).toSeconds();
        try {
            if (!ended.await(seconds, TimeUnit.SECONDS)) {
                progress.accept(name + ": " + ended.getCount() + " of "
                        + step.populations().size() + " populations have not ended " + seconds
                        + " s after the first; going on without them");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One user that does something which may take long; it is no request. */
    static PopulationBuilder one(String name, Runnable work) {
        ProbeFactory factory =
                new ProbeFactory(name, probe -> new Thread(probe, name).start(), (session, requests) -> work.run());
        ActionBuilder action = () -> factory;
        return scenario(name).exec(action).injectOpen(atOnceUsers(1));
    }
}
