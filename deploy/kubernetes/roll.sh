#!/bin/sh
# Brings a cell to what its folder says, in the order it needs, and waits for each step:
# servers and ways, databases and roles, tables and feeds, at last the processes.
#
#   deploy/kubernetes/roll.sh [FOLDER]
#
# Nothing is rolled while an earlier step has not ended well; run again, it goes on from there.
set -eu
folder=${1:-$(dirname "$0")}
limit=${ABACUS_STEP_LIMIT:-15m}

cell=$(mktemp)
trap 'rm -f "$cell"' EXIT
kubectl kustomize "$folder" > "$cell"
namespace=$(sed -n 's/^  namespace: //p' "$cell" | sort -u)
[ "$(echo "$namespace" | wc -w)" = 1 ] || { echo "$folder is not one cell: $namespace" >&2; exit 1; }

inside() { kubectl --namespace "$namespace" "$@"; }
apply() { kubectl apply --filename "$cell" --selector "rollout=$1"; }

# A job that exists is not run again by itself, and may not be changed.
run() {
    inside delete job --selector "rollout=$1" --ignore-not-found --wait
    apply "$1"
    inside wait --for=condition=Complete job --selector "rollout=$1" --timeout "$limit" || {
        inside logs --selector "batch.kubernetes.io/job-name" --tail 20 --prefix >&2
        exit 1
    }
}

apply foundation
inside wait --for=condition=Ready cluster.postgresql.cnpg.io/postgres --timeout "$limit"
inside rollout status statefulset/nats --timeout "$limit"
run databases
run tables
apply processes
inside rollout status deployment --selector rollout=processes --timeout "$limit"
