#!/bin/sh
# Proves that a service stands alone: a folder with shared/ and this service only, an environment with
# the packages of its own list only. It must import, its neighbours must not, and its stories must pass.
set -eu
cd "$(dirname "$0")/../.."
service="${1:?usage: make isolate <service>}"
[ -d "services/$service" ] || { echo "no such service: $service" >&2; exit 1; }
root="$PWD"
alone="$(mktemp -d)"
trap 'rm -rf "$alone"' EXIT
export UV_PYTHON_DOWNLOADS=never

mkdir -p "$alone/services" "$alone/tests"
cp -r shared "$alone/shared"
cp services/__init__.py "$alone/services/"
cp -r "services/$service" "$alone/services/$service"

.venv/bin/uv venv --quiet --python .venv/bin/python "$alone/.venv"
.venv/bin/uv pip sync --quiet --python "$alone/.venv/bin/python" --require-hashes "requirements/$service.txt"
cd "$alone"
rm -rf shared/testing shared/embedded.py
.venv/bin/python -c "import services.$service.main" || exit 1
echo "$service imports with its own packages and without its neighbours"
for other in targets monitoring evaluation disclosure; do
    [ "$other" = "$service" ] && continue
    ! .venv/bin/python -c "import services.$other" 2>/dev/null || { echo "$other is here" >&2; exit 1; }
done

# The stories need the test kit and its packages, and still no neighbour.
cp -r "$root/shared/testing" shared/testing
cp "$root/shared/embedded.py" shared/
cp -r "$root/tests/$service" "tests/$service"
mkdir -p deploy/demo
cp "$root"/deploy/demo/*.yaml deploy/demo/  # rule sets and years are data, not code
cp "$root/conftest.py" "$root/pyproject.toml" .
cp "$root/tests/conftest.py" tests/
"$root/.venv/bin/python" -m pytest -q -m "not real" -p no:cacheprovider "tests/$service"
