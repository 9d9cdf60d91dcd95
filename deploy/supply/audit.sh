#!/bin/sh
# Known holes and a parts list of what is pinned: `audit.sh holes` asks the advisory databases,
# `audit.sh parts FOLDER` writes one CycloneDX document per list. The tools have an environment of
# their own. Where the advisories of a single package cannot be read `holes` says so and ends
# with 3: then nothing was shown.
set -eu
cd "$(dirname "$0")/../.."
tools=.venv/audit
if [ ! -x "$tools/bin/pip-audit" ]; then
    .venv/bin/uv venv --quiet --python .venv/bin/python "$tools"
    .venv/bin/uv pip sync --quiet --python "$tools/bin/python" --require-hashes requirements/audit.txt
fi
case "${1:-}" in
holes)
    for list in targets monitoring evaluation disclosure embedded dev; do
        said="$(mktemp)"
        if "$tools/bin/pip-audit" --strict --disable-pip --require-hashes -r "requirements/$list.txt" \
            >"$said" 2>&1; then
            echo "$list: no known hole"
        elif grep -q "Found .* known vulnerabilit" "$said"; then
            cat "$said"
            rm -f "$said"
            exit 1
        else
            tail -n 3 "$said" >&2
            rm -f "$said"
            echo "$list: the advisories could not be read, so nothing is known" >&2
            exit 3
        fi
        rm -f "$said"
    done
    ;;
parts)
    mkdir -p "$2"
    for list in targets monitoring evaluation disclosure embedded; do
        "$tools/bin/cyclonedx-py" requirements --spec-version 1.6 --output-reproducible \
            --output-file "$2/$list.cdx.json" "requirements/$list.txt"
        echo "$2/$list.cdx.json"
    done
    ;;
*)
    echo "usage: audit.sh holes | parts FOLDER" >&2
    exit 2
    ;;
esac
