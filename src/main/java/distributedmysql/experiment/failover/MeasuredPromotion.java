package distributedmysql.experiment.failover;

import distributedmysql.history.Promotion;

/**
 * One change of the primary, and the time whose writes and reads tell how long it took for clients: from the begin of the
 * load around it until the load around the next one may begin. Times are microseconds on the run's clock.
 *
 * @param untilMicros does not belong to it any more
 */
public record MeasuredPromotion(Promotion promotion, long fromMicros, long untilMicros) {
    /** Where the whole record is about this one change. */
    public static MeasuredPromotion alone(Promotion promotion) {
        return new MeasuredPromotion(promotion, 0, Long.MAX_VALUE);
    }

    boolean holds(long invokeMicros, long completeMicros) {
        return fromMicros <= invokeMicros && completeMicros < untilMicros;
    }
}
