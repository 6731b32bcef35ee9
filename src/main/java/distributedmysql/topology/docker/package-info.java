/**
 * Servers in containers of the engine that Testcontainers finds, started for one run and gone after it. Clients reach
 * them through ports of 127.0.0.1; they reach each other through a network of their own, which can be cut.
 */
package distributedmysql.topology.docker;
