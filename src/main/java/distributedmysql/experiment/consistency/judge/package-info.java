/**
 * What the history of the probes proves: a {@link distributedmysql.experiment.consistency.judge.Checker} for each question, which is
 * given one operation after the other, in bounded memory. They read no clock and no server, so that
 * {@link distributedmysql.experiment.consistency.judge.RecheckHistory} says of a saved history what the run has said. And how far
 * replicas may lag.
 */
package distributedmysql.experiment.consistency.judge;
