/**
 * The HTML report: one file that a browser shows without a network. The template escapes what servers, settings and people's names say; the
 * pictures are data in the page, which its script draws. Knows what the report's records say, and no experiment.
 */
package distributedmysql.report.html;
