package distributedmysql.statistics;

/** One point of a curve of scalability: requests per second, with so many users. */
public record MeasuredRate(double users, double rate) {}
