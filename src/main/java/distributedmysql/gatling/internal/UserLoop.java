package distributedmysql.gatling.internal;

import distributedmysql.connection.UserConnections;
import io.gatling.core.session.Session;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A thread and connections of one user's own. All actions of the user run on this thread, so that its requests may
 * block it, and nothing between them needs to wake another thread. Ends with the user.
 */
final class UserLoop extends DefaultEventLoop {
    private final UserConnections connections = new UserConnections();

    private UserLoop(String name) {
        super(new DefaultThreadFactory(name, true));
    }

    /** The user, moved to a thread of its own. */
    static Session move(Session session) {
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
