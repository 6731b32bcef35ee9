/** Classes each of which breaks a rule of {@code ArchitectureRule}, so that its test sees it noticed. Nothing uses them. */
package distributedmysql.planted;
