#!/bin/sh
# Prints the secrets of a cell for `kubectl apply -f -`: those that deploy/secrets.sh makes, one each.
#
#   deploy/secrets.sh
#   deploy/kubernetes/secrets.sh abacus | kubectl apply -f -
set -eu
namespace=${1:?the namespace of the cell}
cd "${2:-$(dirname "$0")/../secrets}"

print_secret() {
    printf -- '---\napiVersion: v1\nkind: Secret\nmetadata: {name: %s, namespace: %s}\n' "$1" "$namespace"
    printf 'type: %s\ndata:\n' "$2"
}
for path in *; do
    name=${path%.json}
    content=$(base64 < "$path" | tr -d '\n')
    if [ "$name" = postgres-superuser ]; then
        # In the form that the operator of PostgreSQL reads.
        print_secret "$name" kubernetes.io/basic-auth
        printf '  username: %s\n  password: %s\n' "$(printf postgres | base64)" "$content"
    else
        print_secret "$name" Opaque
        printf '  value: "%s"\n' "$content"
    fi
done
