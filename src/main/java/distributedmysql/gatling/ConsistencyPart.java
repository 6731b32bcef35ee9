package distributedmysql.gatling;

import distributedmysql.report.Consistency;

/** The consistency part of a run, as its end sees it. */
interface ConsistencyPart extends AutoCloseable {
    /** The part of the JSON summary; null if it did not run to its end. */
    Consistency report();

    /** Ends what still samples or records. Does nothing the second time. */
    @Override
    void close();
}
