#!/bin/sh
# Clients for TypeScript and Python, made by kept generators from docs/reference/http and compiled
# together with a use of each: `make.sh FOLDER`. What is made is not committed; the documents are.
# Ends with 3 where the npm registry cannot be read: then nothing was tried.
set -eu
cd "$(dirname "$0")/../.."
out="$(mkdir -p "$1" && cd "$1" && pwd)"
services="targets monitoring evaluation disclosure"

# Node.js comes pinned like everything else, as a wheel.
tools="$PWD/.venv/clients"
[ -x "$tools/bin/python" ] || .venv/bin/uv venv --quiet --python .venv/bin/python "$tools"
.venv/bin/uv pip sync --quiet --python "$tools/bin/python" --require-hashes requirements/clients.txt
PATH="$tools/bin:$PATH"
export PATH
npm view typescript version --silent >/dev/null || { echo "the npm registry cannot be read from here" >&2; exit 3; }

echo "TypeScript …"
mkdir -p "$out/typescript"
cp deploy/clients/package.json deploy/clients/package-lock.json deploy/clients/tsconfig.json \
    deploy/clients/client.ts deploy/clients/use.ts "$out/typescript/"
(cd "$out/typescript" && npm ci --ignore-scripts --no-audit --no-fund --silent)
for service in $services; do
    (cd "$out/typescript" && npx --no-install openapi-typescript \
        "$OLDPWD/docs/reference/http/$service.openapi.json" --default-non-nullable false --output "$service.ts" >/dev/null)
done
(cd "$out/typescript" && npx --no-install tsc --project tsconfig.json)

echo "Python …"
mkdir -p "$out/python"
for service in $services; do
    openapi-python-client generate --meta none --overwrite \
        --path "docs/reference/http/$service.openapi.json" \
        --config deploy/clients/python.yml --output-path "$out/python/abacus_$service" >"$out/python.log" 2>&1 \
        || { cat "$out/python.log" >&2; exit 1; }
    left="$(grep -c "will not be generated" "$out/python.log" || true)"
    [ "$left" = 0 ] || echo "abacus_$service: $left operations take what the generator does not know"
done
cp deploy/clients/use.py "$out/python/"
python -m compileall -q "$out/python"
(cd "$out/python" && python use.py)
echo "clients in $out"
