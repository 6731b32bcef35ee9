/**
 * The machine that the client runs on: what it is ({@link distributedmysql.monitor.machine.Where}) and, while a run lasts, who
 * takes its processors and what holds the client up ({@link distributedmysql.monitor.machine.MachineLoad}). Judges nothing; what
 * a busy machine means for a check is for {@link distributedmysql.check.MachineDoubt} to say.
 */
package distributedmysql.monitor.machine;
