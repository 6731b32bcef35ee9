package distributedmysql.gatling.internal;

import distributedmysql.load.UserConnections;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.session.Session;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A thread and connections of one user's own. All actions of the user run on this thread, so that its requests may
 * block it, and nothing between them needs to wake another thread. Ends with the user.
 */
public final class UserLoop extends DefaultEventLoop {
    private final UserConnections connections = new UserConnections();

    private UserLoop(String name) {
        super(new DefaultThreadFactory(name, true));
    }

    /**
     * Gives the user a thread and connections of its own until its end: for a closed load with no more users than
     * connections.
     */
    public static ActionBuilder action() {
        return (context, next) -> {
            // So that the user's end is heard of, even if the scenario sends no request.
            context.protocolComponentsRegistry().components(ClusterProtocol.KEY);
            return new JavaAction("own thread", context.coreComponents(), next) {
                @Override
                void perform(Session session) {
                    goOn(move(session));
                }
            };
        };
    }

    /** The user, moved to a thread of its own. */
    private static Session move(Session session) {
        UserLoop loop = new UserLoop(session.scenario() + " user " + session.userId());
        return session.copy(
                session.scenario(),
                session.userId(),
                session.attributes(),
                session.baseStatus(),
                session.blockStack(),
                session.onExit(),
                loop);
    }

    /** Ends the loop of a user that has left, if it has one of its own. */
    static void end(Session session) {
        if (session.eventLoop() instanceof UserLoop loop) {
            loop.connections.close();
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }

    /** To be used on this thread only. */
    UserConnections connections() {
        return connections;
    }
}
