#!/bin/sh
# Makes .venv what a verb needs: `setup.sh embedded` to run the system, `setup.sh dev` to work on it.
# Needs a Python >= 3.12 with its venv module and a network for packages, nothing else.
# Every package is pinned with its hash in requirements/; nothing to do means nothing done.
set -eu

level="$1"
cd "$(dirname "$0")/../.."
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

stamp_of() { printf '.venv/.%s-%s' "$1" "$(cat "requirements/$1.txt" requirements/uv.txt | cksum | cut -d' ' -f1)"; }

# What developers have includes what running needs.
[ -e "$(stamp_of dev)" ] && exit 0
[ "$level" = embedded ] && [ -e "$(stamp_of embedded)" ] && exit 0

new_enough='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))'
find_python() {
    for candidate in python3 python3.12 python3.13 python3.14 \
        "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3 /usr/local/bin/python3.1[2-9]; do
        # A shim may exist and still not run, so try instead of looking.
        if "$candidate" -c "$new_enough" >/dev/null 2>&1; then
            printf '%s' "$candidate"
            return
        fi
    done
    echo "Iron Abacus needs Python 3.12 or newer with its venv module, and found none." >&2
    echo "On Debian 13 or Ubuntu 24.04: apt-get install python3 python3-venv" >&2
    echo "Elsewhere: install python3.12 so that 'python3.12 -m venv --help' works." >&2
    exit 1
}

if ! .venv/bin/python -c "$new_enough" >/dev/null 2>&1; then
    python="$(find_python)"
    echo "Creating .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi
if ! .venv/bin/uv --version >/dev/null 2>&1; then
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/python -m pip install --quiet --require-hashes --requirement requirements/uv.txt
fi
echo "Installing what is pinned in requirements/$level.txt"
.venv/bin/uv pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes \
    requirements/uv.txt "requirements/$level.txt"
rm -f .venv/.dev-* .venv/.embedded-*
touch "$(stamp_of "$level")"
