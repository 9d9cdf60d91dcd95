#!/bin/sh
# Starts NATS with the passwords of the mounted secrets. A user whose secret is not mounted gets a
# random password: nobody can log in as that one. `NATS_CONFIG` names another configuration, as that
# of one server of a cluster, whose names are `NATS_SERVERS`.
set -eu

password() {
    if [ -r "/run/secrets/nats-$1" ]; then
        cat "/run/secrets/nats-$1"
    else
        head -c 24 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'
    fi
}

for user in targets monitoring evaluation disclosure provisioner operator; do
    name="NATS_$(printf '%s' "$user" | tr '[:lower:]' '[:upper:]')_PASSWORD"
    # In quotes: the configuration would read a password of digits as a number.
    export "$name=\"$(password "$user")\""
done
route="$(password route)"
export NATS_ROUTE_PASSWORD="\"$route\""
routes=""
for server in ${NATS_SERVERS:-nats nats-2 nats-3}; do
    routes="$routes${routes:+, }\"nats://route:$route@$server:6222\""
done
export NATS_ROUTES="[$routes]"

# A server that could not write once, as on a full disk, takes no word more before it is started
# anew. As soon as there is room again it is ended; whoever runs the container starts it.
look_after() {
    room="${NATS_STORE:-/data}/room"
    while sleep 5 && kill -0 "$1"; do
        printf 'GET /healthz HTTP/1.0\r\n\r\n' |
            nc -w 3 127.0.0.1 "${NATS_MONITORING_PORT:-8222}" | grep -q 'write error' || continue
        if head -c 4000000 /dev/zero > "$room"; then kill -TERM "$1"; fi
        rm -f "$room"
    done
}
# It holds on to nothing of what the server's own words go to.
(exec > /dev/null 2>&1 < /dev/null; look_after $$) &
exec nats-server -c "${NATS_CONFIG:-/etc/nats/nats.conf}"
