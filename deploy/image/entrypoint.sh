#!/bin/sh
# Runs one verb of the service of this image, or `provision FILE`: streams and consumers on NATS. A variable NAME_FILE, as secrets are mounted, becomes
# NAME with the content of the file, so that no password is in an environment that is written down.
set -eu

for variable in $(env | sed -n 's/^\([A-Z][A-Z0-9_]*\)_FILE=.*/\1/p'); do
    eval "path=\${${variable}_FILE}"
    value="$(cat "$path")"
    export "$variable=$value"
    unset "${variable}_FILE"
done
prefix="$(printf '%s' "$ABACUS_SERVICE" | tr '[:lower:]' '[:upper:]')"
# In a container the network is the container's own.
eval "export ${prefix}_HOST=\${${prefix}_HOST:-0.0.0.0} ${prefix}_PORT=\${${prefix}_PORT:-8000}"
if [ "${1:-}" = provision ]; then
    shift
    exec python -m shared.bus.provision "$@"
fi
exec python -m "services.${ABACUS_SERVICE}" "$@"
