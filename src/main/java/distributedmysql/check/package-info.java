/** Checkers: pure functions from what was recorded to a verdict. They read no clock, no server and no setting. */
package distributedmysql.check;
