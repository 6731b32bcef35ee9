package distributedmysql.statistics;

import java.util.OptionalLong;

/**
 * The Universal Scalability Law: how many requests per second so many users get through who all want the same servers. N. J.
 * Gunther, "Guerrilla Capacity Planning" (2007), chapter 4; in the form of B. Schwartz, "Practical Scalability Analysis with the
 * Universal Scalability Law" (2015).
 *
 * @param sigma contention: the share of the work that only one can do at a time; from 0 to 1
 * @param kappa crosstalk: what each pair of users costs, because they must agree; at least 0
 * @param lambda requests per second of one user who is alone
 */
public record ScalabilityLaw(double sigma, double kappa, double lambda) {
    /** Requests per second of so many users. */
    public double rate(double users) {
        return lambda * users / slowdown(users);
    }

    /** How much longer each user's request takes than that of one who is alone. */
    double slowdown(double users) {
        return 1 + sigma * (users - 1) + kappa * users * (users - 1);
    }

    /** The number of users from which on more of them get less through; empty if there is none, because they need not agree. */
    public OptionalLong knee() {
        return kappa == 0 ? OptionalLong.empty() : OptionalLong.of((long) Math.sqrt(Math.max(0, 1 - sigma) / kappa));
    }
}
