#!/bin/sh
# Starts NATS with the passwords of the mounted secrets. A user whose secret is not mounted gets a
# random password: nobody can log in as that one.
set -eu

for user in targets monitoring evaluation disclosure provisioner operator; do
    secret="/run/secrets/nats-$user"
    if [ -r "$secret" ]; then
        password="$(cat "$secret")"
    else
        password="$(head -c 24 /dev/urandom | base64 | tr -d '\n')"
    fi
    name="NATS_$(printf '%s' "$user" | tr '[:lower:]' '[:upper:]')_PASSWORD"
    # In quotes: the configuration would read a password of digits as a number.
    export "$name=\"$password\""
done
exec nats-server -c /etc/nats/nats.conf
