#!/bin/bash
# Runs once, when the data volume is new: a database and three roles for each service.
set -euo pipefail

for service in targets monitoring evaluation disclosure; do
    {
        printf '\\set service %s\n' "$service"
        for role in owner app worker; do
            printf "\\\\set %s_password '%s'\n" "$role" "$(cat "/run/secrets/postgres-${service}-${role}")"
        done
        cat /etc/abacus/service.sql
    } | psql -X -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres
done
psql -X -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --file /etc/abacus/own_server.sql
