/**
 * What a group does, and its clients see, when the majority of its members dies at once.
 *
 * <p>Under the numbered writes of a ledger, all members but the primary are killed. It proves that the survivor acknowledged nothing
 * from then on, that it refused what it could not commit in the time that the settings say, and that after the group was made anew
 * of the survivor, and the others had joined it again, every acknowledged write was on every member.
 */
package distributedmysql.experiment.quorumloss;
