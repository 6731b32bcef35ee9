package distributedmysql.experiment.sharding.resharding;

import java.util.function.Consumer;

/** Measures as ever, and does something when a phase begins. */
final class DisturbedWatch implements Watch {
    private final Watch own;
    private final Consumer<Phase> disturbance;

    DisturbedWatch(Watch own, Consumer<Phase> disturbance) {
        this.own = own;
        this.disturbance = disturbance;
    }

    @Override
    public void began(Phase phase) {
        own.began(phase);
        disturbance.accept(phase);
    }

    @Override
    public void copied(int source, int read, int moved) {
        own.copied(source, read, moved);
    }

    @Override
    public String progress() {
        return own.progress();
    }

    @Override
    public void raised(int source) {
        own.raised(source);
    }

    @Override
    public void fenced() {
        own.fenced();
    }

    @Override
    public void decided() {
        own.decided();
    }

    @Override
    public void deleted(int source, int rows) {
        own.deleted(source, rows);
    }
}
