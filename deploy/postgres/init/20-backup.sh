#!/bin/bash
# Runs once, when the data volume is new: who may copy the server and follow its changes.
set -euo pipefail

printf "CREATE ROLE abacus_backup REPLICATION LOGIN PASSWORD '%s'" \
    "$(cat /run/secrets/postgres-backup)" |
    psql -X -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres
echo "host replication abacus_backup all scram-sha-256" >> "$PGDATA/pg_hba.conf"
