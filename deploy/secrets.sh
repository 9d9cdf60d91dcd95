#!/bin/sh
# Makes the secrets that docker-compose.yml mounts, each once; what exists is left as it is.
set -eu
cd "$(dirname "$0")/secrets"
chmod 700 .
umask 022

make_secret() {
    [ -s "$1" ] || head -c 24 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' > "$1"
    # The folder is closed to others; the file itself is read by the user of the container.
    chmod 444 "$1"
}
# Keys of before, with commas between them: none, unless one is being changed (docs/guides/change-the-*-key.md).
make_room() {
    [ -e "$1" ] || : > "$1"
    chmod 444 "$1"
}
make_secret postgres-superuser
make_secret postgres-backup
make_secret cursor-key
make_secret webhook-key
make_secret sealing-key
make_room sealing-keys-previous
make_secret nats-provisioner
make_secret nats-route
make_secret nats-operator
for service in targets monitoring evaluation disclosure; do
    make_secret "nats-$service"
    make_secret "checkpoint-$service"
    make_room "checkpoint-$service-previous"
    for role in owner app worker; do
        make_secret "postgres-$service-$role"
    done
done
# The public keys of the issuer of access tokens. Empty: the public pages work, nobody signs in.
[ -s jwks.json ] || printf '{"keys": []}\n' > jwks.json
chmod 444 jwks.json
