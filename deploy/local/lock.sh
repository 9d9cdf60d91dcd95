#!/bin/sh
# Resolves the dependencies and writes the pinned, hashed lists under requirements/: with
# `--upgrade` to the newest of all, without it what is pinned stays and only what is new is added.
# uv.lock itself is not kept: it names the registry it was made with, the lists name none.
set -eu
cd "$(dirname "$0")/../.."
export UV_PYTHON_DOWNLOADS=never
uv=.venv/bin/uv

asked="$(mktemp)"
cp pyproject.toml "$asked"
trap 'cp "$asked" pyproject.toml; rm -f "$asked"' EXIT
if [ "${1:-}" != --upgrade ]; then
    # Constraints can only be said in the manifest of the workspace; they are gone at the end.
    # Where two lists differ, what developers have is kept.
    pins="$(sed -nE 's/^([A-Za-z0-9._-]+==[^ ;]+).*/"\1"/p' requirements/dev.txt requirements/*.txt \
        | awk -F== '!seen[$1]++' | paste -sd,)"
    sed -i "s/^\[tool\.uv\]\$/&\nconstraint-dependencies = [$pins]/" pyproject.toml
    rm -f uv.lock
fi
$uv lock --quiet --python .venv/bin/python "$@"
export_list() {
    list="$1"
    shift
    $uv export --quiet --frozen --no-header --no-annotate --no-emit-workspace \
        --output-file "requirements/$list.txt" "$@"
    sed -i "1i # The pinned packages of '$list'; written by 'make lock'." "requirements/$list.txt"
}
for service in targets monitoring evaluation disclosure; do
    export_list "$service" --package "abacus-$service" --no-dev
done
export_list embedded --no-dev --group embedded
export_list dev --group dev
export_list site --only-group site
export_list audit --only-group audit
export_list clients --only-group clients
export_list uv --only-group uv
