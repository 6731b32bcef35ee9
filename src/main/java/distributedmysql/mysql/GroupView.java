package distributedmysql.mysql;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A group of group replication as one member sees it (https://dev.mysql.com/doc/refman/8.0/en/group-replication-monitoring.html).
 * A member that has lost the others sees a group of its own.
 */
public record GroupView(List<Member> members) {
    /**
     * @param uuid its {@code server_uuid}
     * @param state for instance {@code ONLINE}, {@code RECOVERING} or {@code UNREACHABLE}
     */
    public record Member(String uuid, String state, boolean primary) {
        public boolean isOnline() {
            return state.equals("ONLINE");
        }

        public boolean isUnreachable() {
            return state.equals("UNREACHABLE");
        }
    }

    public static GroupView read(Mysql session) throws SQLException {
        return new GroupView(session.rows(
                "SELECT MEMBER_ID, MEMBER_STATE, MEMBER_ROLE FROM performance_schema.replication_group_members",
                row -> new Member(
                        row.getString(1), row.getString(2), row.getString(3).equals("PRIMARY"))));
    }

    /** Whether the one that was asked is in a group at all. */
    public boolean isOfMember() {
        return members.stream().anyMatch(member -> !member.state.equals("OFFLINE"));
    }

    public Optional<Member> member(String uuid) {
        return members.stream().filter(member -> member.uuid.equals(uuid)).findFirst();
    }

    /** Whether more than half of those that it counts as members are reachable, without which nothing is committed. */
    public boolean hasMajority() {
        long reachable =
                members.stream().filter(member -> !member.isUnreachable()).count();
        return 2 * reachable > members.size();
    }

    /** Whether the server of this {@code server_uuid} is a member, and has what the others have. */
    public boolean isOnline(String uuid) {
        return member(uuid).map(Member::isOnline).orElse(false);
    }

    /** The primary that the group agrees upon; empty while there is none, and in a minority. One of several, if there are. */
    public Optional<Member> primary() {
        return primaries().stream().findFirst();
    }

    /** The same, all of them: in multi-primary mode, each member that is online. */
    public List<Member> primaries() {
        return hasMajority()
                ? members.stream()
                        .filter(member -> member.primary && member.isOnline())
                        .toList()
                : List.of();
    }

    @Override
    public String toString() {
        return members.stream()
                .map(member -> member.uuid + " " + member.state + (member.primary ? " PRIMARY" : ""))
                .toList()
                .toString();
    }
}
