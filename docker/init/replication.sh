#!/bin/bash
# Run by the image's entrypoint when a server starts on an empty volume, before it listens on the network.
# REPLICATION_SOURCE is the source's host on a replica, and empty on the primary.
set -euo pipefail

sql() { MYSQL_PWD="$MYSQL_ROOT_PASSWORD" mysql --protocol=socket -uroot "$@"; }
# A text in SQL.
quoted() { local text=${1//\\/\\\\}; printf "'%s'" "${text//\'/\\\'}"; }
# A replication password has 32 characters at most (error 3056).
password=$(quoted "$(printf 'replication %s' "$MYSQL_ROOT_PASSWORD" | sha256sum | cut -c1-32)")

# The same account on every server, and on none by replication.
sql -e "SET sql_log_bin = 0; CREATE USER replication@'%' IDENTIFIED BY $password;
        GRANT REPLICATION SLAVE ON *.* TO replication@'%'"

# What the entrypoint has done is on every server; nobody may fetch it from another. Renamed in MySQL 8.2.
sql -e 'RESET BINARY LOGS AND GTIDS' 2>/dev/null || sql -e 'RESET MASTER'

if [ -n "${REPLICATION_SOURCE:-}" ]; then
  # Replication starts by itself with the server. PERSIST_ONLY: the entrypoint still has to write.
  sql -e "CHANGE REPLICATION SOURCE TO SOURCE_HOST = $(quoted "$REPLICATION_SOURCE"), SOURCE_PORT = 3306,
            SOURCE_USER = 'replication', SOURCE_PASSWORD = $password, SOURCE_AUTO_POSITION = 1,
            GET_SOURCE_PUBLIC_KEY = 1, SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 86400,
            SOURCE_HEARTBEAT_PERIOD = 1;
          SET PERSIST_ONLY super_read_only = ON"
fi
