/**
 * Typed, validated settings, read once from {@code simulations-config/*.conf} and the command line.
 *
 * <p>Everything else takes its part of {@link distributedmysql.config.Settings}; nothing else reads a file or a system
 * property for its settings. All records are immutable.
 */
package distributedmysql.config;
