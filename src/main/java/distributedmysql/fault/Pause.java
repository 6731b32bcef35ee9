package distributedmysql.fault;

import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import java.util.Optional;
import java.util.OptionalLong;

/** SIGSTOP, and SIGCONT: a server that keeps its connections and answers nothing, as on a machine that hangs. */
public final class Pause implements Fault {
    private final Node node;
    private boolean injected;
    private OptionalLong pausedPid = OptionalLong.empty();

    public Pause(Node node) {
        this.node = node;
    }

    @Override
    public String name() {
        return "pause";
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public Optional<String> impossible() {
        return OwnServer.impossible(node);
    }

    @Override
    public String inject() {
        ServerControl control = OwnServer.control(node);
        pausedPid = control.pid();
        injected = true;
        control.pause();
        return "SIGSTOP to " + OwnServer.process(node);
    }

    @Override
    public void heal() {
        if (!injected) {
            return;
        }
        ServerControl control = OwnServer.control(node);
        // A failover may have killed the paused process (fencing), and somebody may have started another since.
        if (control.isAlive() && control.pid().equals(pausedPid)) {
            control.resume();
        }
        injected = false;
    }
}
