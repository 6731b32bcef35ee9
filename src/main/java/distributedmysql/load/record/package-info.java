/**
 * What is counted while load is sent: requests by stage, role, name and interval ({@link
 * distributedmysql.load.record.StageRecorder}), statements by server, and servers that are silent. Recorders are thread-safe and
 * must not hold up a request; what they have measured so far is a copy ({@link distributedmysql.load.record.StageMeasurement}).
 */
package distributedmysql.load.record;
