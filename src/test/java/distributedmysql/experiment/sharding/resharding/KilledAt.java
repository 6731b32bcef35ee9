package distributedmysql.experiment.sharding.resharding;

import java.util.function.Consumer;

/** A coordinator is killed at a point. */
enum KilledAt {
    CAPTURE(Phase.CAPTURE),
    COPY(null),
    CATCH_UP(Phase.CATCH_UP),
    SWITCH(Phase.SWITCH),
    FENCED(null),
    DECIDED(null),
    CLEAN(null),
    RELEASE(Phase.RELEASE);

    private final Phase phase;

    KilledAt(Phase phase) {
        this.phase = phase;
    }

    /** Within this JVM: the coordinator does nothing more, and its sessions end. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Killed(KilledAt point) {
            super("killed at " + point, null, false, false);
        }
    }

    /** Whether what was done can be rolled back. */
    boolean isBeforeDecision() {
        return compareTo(DECIDED) < 0;
    }

    /** @param kill is told on the thread that comes to the point */
    Watch watch(Watch own, Consumer<KilledAt> kill) {
        return new Watch() {
            @Override
            public void began(Phase began) {
                own.began(began);
                if (began == phase) {
                    kill.accept(KilledAt.this);
                }
            }

            @Override
            public void copied(int source, int read, int moved) {
                own.copied(source, read, moved);
                at(COPY);
            }

            @Override
            public void raised(int source) {
                own.raised(source);
            }

            @Override
            public void fenced() {
                own.fenced();
                at(FENCED);
            }

            @Override
            public void decided() {
                own.decided();
                at(DECIDED);
            }

            @Override
            public void deleted(int source, int rows) {
                at(CLEAN);
            }

            private void at(KilledAt point) {
                if (point == KilledAt.this) {
                    kill.accept(point);
                }
            }
        };
    }
}
