package distributedmysql.gatling.internal;

import io.gatling.core.action.Action;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.session.Session;
import io.gatling.core.structure.ScenarioContext;
import java.util.Iterator;
import java.util.Map;

/**
 * A feeder that runs where the user runs. Gatling's own {@code feed} has every record fetched by another thread, two
 * wake-ups each, because its feeders need not be thread-safe; ours are.
 */
public final class RecordFactory implements ActionBuilder {
    private final String name;
    private final Iterator<Map<String, Object>> records;

    /** @param records endless and thread-safe */
    public RecordFactory(String name, Iterator<Map<String, Object>> records) {
        this.name = name;
        this.records = records;
    }

    @Override
    public Action build(ScenarioContext context, Action next) {
        return new JavaAction(name, context.coreComponents(), next) {
            @Override
            void perform(Session session) {
                goOn(new io.gatling.javaapi.core.Session(session)
                        .setAll(records.next())
                        .asScala());
            }
        };
    }
}
