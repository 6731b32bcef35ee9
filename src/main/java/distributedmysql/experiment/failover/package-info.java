/**
 * What a failover costs: while numbered writes go to the primary and reads to the replicas, the primary is killed, a replica is
 * promoted, and the others become its replicas.
 *
 * <p>It measures how long writes and reads were down (RTO) and which acknowledged writes were lost (RPO), and proves that no two
 * primaries acknowledged writes, that what failed is not there, and that every server holds the same rows.
 */
package distributedmysql.experiment.failover;
