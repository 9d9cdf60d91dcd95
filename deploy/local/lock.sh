#!/bin/sh
# Resolves every dependency anew and writes the pinned, hashed lists under requirements/.
# uv.lock itself is not kept: it names the registry it was made with, the lists name none.
set -eu
cd "$(dirname "$0")/../.."
export UV_PYTHON_DOWNLOADS=never
uv=.venv/bin/uv

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
export_list uv --only-group uv
