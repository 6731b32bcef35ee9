package distributedmysql.gatling.internal;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.session.Session;
import io.gatling.core.structure.ScenarioContext;
import java.util.function.Supplier;

/**
 * Runs one check and reports it as one Gatling request, so that its failure fails the build after Gatling has written
 * its report. A verdict thrown from {@code after()} would end Gatling without a report.
 */
public final class CheckFactory implements ActionBuilder {
    private final String requestName;
    private final Supplier<CheckResult> check;

    /**
     * @param check may block; runs on a thread of its own; must not throw, which would be reported as a crash
     */
    public CheckFactory(String requestName, Supplier<CheckResult> check) {
        this.requestName = requestName;
        this.check = check;
    }

    @Override
    public Action build(ScenarioContext context, Action next) {
        return new CheckAction(context.coreComponents(), next);
    }

    private final class CheckAction extends JavaAction {
        CheckAction(CoreComponents core, Action next) {
            super(requestName, core, next);
        }

        @Override
        void perform(Session session) {
            Thread thread = new Thread(() -> judge(session), requestName);
            thread.setDaemon(true);
            thread.start();
        }

        private void judge(Session session) {
            goOn(judged(session));
        }

        private Session judged(Session session) {
            long start = nowMillis();
            try {
                CheckResult result = check.get();
                if (result.verdict() == Verdict.VALID) {
                    return succeed(session, start, nowMillis());
                }
                String message = result.verdict() + ": " + result.evidence();
                return fail(session, start, nowMillis(), result.verdict().name(), message);
            } catch (RuntimeException e) {
                return crash(session, e.toString());
            }
        }
    }
}
