package distributedmysql.run;

import static io.gatling.javaapi.core.CoreDsl.exec;

import distributedmysql.config.Plural;
import distributedmysql.gatling.internal.BlockingAction;
import distributedmysql.gatling.internal.ObservedScenario;
import distributedmysql.topology.Wait;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
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
 * Gatling takes about a second from one population to the next, so what single users do one after the other is done by
 * one.
 */
final class StepChain {
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Consumer<String> progress;
    private final Consumer<String> begins;

    /**
     * @param progress is told if a step is not waited for any longer
     * @param begins is told the name of each step that begins, apart from those that say so themselves
     */
    StepChain(Consumer<String> progress, Consumer<String> begins) {
        this.progress = progress;
        this.begins = begins;
    }

    /** The populations of the first step, which the others follow. */
    List<PopulationBuilder> of(List<Step> steps) {
        List<Step> joined = joined(steps);
        List<PopulationBuilder> following = List.of();
        for (int i = joined.size() - 1; i >= 0; i--) {
            List<PopulationBuilder> populations = new ArrayList<>(joined.get(i).populations());
            if (!following.isEmpty()) {
                populations.set(0, populations.get(0).andThen(following.toArray(PopulationBuilder[]::new)));
            }
            following = populations;
        }
        return following;
    }

    private List<Step> joined(List<Step> steps) {
        List<Step> joined = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean several = step.populations().size() > 1 && i < steps.size() - 1;
            if (step.isToBeSaid()) {
                join(joined, alone("beginning: " + step.name(), Duration.ZERO, () -> begins.accept(step.name())));
            }
            (several ? awaited(step) : List.of(step)).forEach(part -> join(joined, part));
        }
        return joined;
    }

    private static void join(List<Step> joined, Step next) {
        int last = joined.size() - 1;
        if (next.isSingle() && last >= 0 && joined.get(last).isSingle()) {
            joined.set(last, joined.get(last).then(next));
        } else {
            joined.add(next);
        }
    }

    /** The step, and the user that waits for all of it. */
    private List<Step> awaited(Step step) {
        List<PopulationBuilder> populations = new ArrayList<>(step.populations());
        String name = ObservedScenario.name(populations.get(0)) + " and what runs beside it";
        CountDownLatch ended = new CountDownLatch(populations.size() - 1);
        for (int i = 1; i < populations.size(); i++) {
            Step says =
                    alone(ObservedScenario.name(populations.get(i)) + ": has ended", Duration.ZERO, ended::countDown);
            populations.set(i, populations.get(i).andThen(says.populations().get(0)));
        }
        Step waits = alone(name + ": have ended", Duration.ZERO, () -> await(ended, name, step.expected()));
        return List.of(new Step(step.expected(), populations), waits);
    }

    private void await(CountDownLatch ended, String name, Duration expected) {
        Duration most = expected.plus(GRACE);
        long seconds = most.toSeconds();
        Wait wait = Wait.atMost(name + ": the end of its other populations", most);
        try (wait) {
            if (!ended.await(seconds, TimeUnit.SECONDS)) {
                progress.accept(name + ": not ended " + seconds + " s after the first: "
                        + Plural.of(ended.getCount(), "population") + "; going on without");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One user does something which may take long; it is no request. */
    static Step alone(String name, Duration expected, Runnable work) {
        BlockingAction factory = BlockingAction.step(name, work);
        ActionBuilder action = () -> factory;
        ChainBuilder chain = exec(action);
        return Step.single(name, expected, chain);
    }
}
