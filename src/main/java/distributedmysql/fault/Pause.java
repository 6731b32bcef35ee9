package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.topology.OwnServer;
import java.util.OptionalLong;

/** SIGSTOP, and SIGCONT: a server that keeps its connections and answers nothing, as on a machine that hangs. */
public final class Pause extends ServerFault {
    private OptionalLong pausedPid = OptionalLong.empty();

    public Pause(Node node) {
        super("pause", node);
    }

    @Override
    String harm() {
        ServerControl control = OwnServer.control(node());
        pausedPid = control.pid();
        control.pause();
        return "SIGSTOP to " + OwnServer.process(node());
    }

    @Override
    void repair() {
        ServerControl control = OwnServer.control(node());
        // A failover may have killed the paused process (fencing), and somebody may have started another since.
        if (control.isAlive() && control.pid().equals(pausedPid)) {
            control.resume();
        }
    }
}
