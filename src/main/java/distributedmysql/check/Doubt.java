package distributedmysql.check;

/**
 * Why a check is UNKNOWN where it is not for want of evidence of its own kind. Such a reason can meet any check, and says the
 * same of each: what it means, and what to do. {@code docs/verdicts.md} has them too.
 */
public enum Doubt {
    BUSY_MACHINE(
            "This machine was busy with other things, which can have made what was found: it says nothing about the"
                    + " servers.",
            "Do what the named reasons want: end other programs, give the container, the virtual machine or the JVM more, or"
                    + " run on a machine of its own; then measure again (docs/busy-machine.md)."),
    LIMITED_BY_CAP(
            "external.max-rate held the load back, so what was not achieved says nothing about the servers.",
            "Raise external.max-rate if these servers may get more, or plan less than it allows: lower rates, fewer"
                    + " connections."),
    NOT_PLAYED(
            "This part of the run was not played to its end, so there is too little to judge.",
            "Look further up on the console for what ended it (Ctrl-C, a server that was lost, a deadline that passed), and"
                    + " run again."),
    SERVERS_FAILED(
            "What was to be done or asked on a server failed, so not everything was seen.",
            "Mend what the evidence names (a command of yours, a replica that does not follow, a server that does not"
                    + " answer), and run again."),
    NOT_JUDGED(
            "The check itself failed, so nobody has judged what was recorded.",
            "If the evidence names a server, look whether it answers, and run again; otherwise the check has a fault: report"
                    + " it with the evidence."),
    INCOMPLETE_HISTORY(
            "Operations are missing in the saved history, and with them may be what is wrong.",
            "Look further up on the console for why it could not be written (a full disk, a process that was killed), remove"
                    + " that, and run again.");

    /** How evidence begins where the cap is the reason. */
    public static final String CAP = "limited by external.max-rate";

    private final String means;
    private final String next;

    Doubt(String means, String next) {
        this.means = means;
        this.next = next;
    }

    String means() {
        return means;
    }

    String next() {
        return next;
    }
}
