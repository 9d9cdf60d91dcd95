#!/bin/sh
# A standby of a PostgreSQL: it follows the server, and takes over when that is lost.
#
#   standby.sh follow DATA          a copy of the server as a new data folder; started, it follows
#   standby.sh promote DATA         the standby of this data folder takes writes from now on
#
# The server is named as for psql (PGHOST, PGPORT, PGUSER, PGPASSWORD, or PGPASSWORD_FILE). Run as
# the user that PostgreSQL runs as. ABACUS_STANDBY is the standby's name where there are several.
# Where synchronous_standby_names is 'abacus_standby', a commit is answered once the standby has it
# on disk, too: nothing that was acknowledged can be lost with the server, and nothing is
# acknowledged while nobody follows.
set -eu
umask 077

NAME=${ABACUS_STANDBY:-abacus_standby}
[ -z "${PGPASSWORD_FILE:-}" ] || PGPASSWORD=$(cat "$PGPASSWORD_FILE")
export PGPASSWORD="${PGPASSWORD:-}" PGAPPNAME=$NAME

usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
    exit 2
}

follow() {
    [ ! -e "$1" ] || { echo "$1 exists: a standby begins in a new folder" >&2; exit 1; }
    # The slot keeps on the server whatever the standby has not taken yet, also while it is away.
    pg_receivewal -D . --slot="$NAME" --create-slot --if-not-exists
    pg_basebackup -D "$1" --write-recovery-conf -X stream --slot="$NAME" --checkpoint=fast \
        --manifest-checksums=SHA256
    pg_verifybackup -q "$1"
}

promote() {
    pg_ctl -D "$1" --wait promote
}

case "${1:-} $#" in
    "follow 2" | "promote 2") "$@" ;;
    *) usage ;;
esac
