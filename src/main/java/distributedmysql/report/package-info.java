/**
 * What a run leaves behind: the JSON summary ({@link distributedmysql.report.RunReport}, published as
 * {@code docs/test-report.schema.json}), and the console's table. All records are immutable; a component that is null is
 * absent from the JSON, unless its documentation says otherwise.
 */
package distributedmysql.report;
