/**
 * Real servers on 127.0.0.1 for one run: found or fetched, initialised once, copied, started, ended in every case.
 *
 * <p>The cache directory holds what is made once (the unpacked server, shared libraries, an initialised data
 * directory) and, under {@code runs}, one directory for each run that is going on.
 */
package distributedmysql.topology.embedded;
