#!/bin/sh
# Backups of a PostgreSQL: whole copies, and every change since as it is committed.
#
#   backup.sh copy FOLDER           a whole copy, checked against its manifest: FOLDER/copy-<UTC time>
#   backup.sh follow FOLDER         every change, until it is stopped: FOLDER/changes
#   backup.sh restore FOLDER DATA   the newest copy and all changes after it, as a new data folder
#   backup.sh prune FOLDER KEEP     leave the newest KEEP copies and what changed since the oldest
#
# The server is named as for psql (PGHOST, PGPORT, PGUSER, PGPASSWORD, or PGPASSWORD_FILE). Where
# synchronous_standby_names is 'abacus_backup', a commit is answered once `follow` has it on disk,
# too: nothing that was acknowledged can be lost with the server's disk, and nothing is acknowledged
# while nobody follows.
set -eu
umask 077

NAME=abacus_backup
[ -z "${PGPASSWORD_FILE:-}" ] || PGPASSWORD=$(cat "$PGPASSWORD_FILE")
export PGPASSWORD="${PGPASSWORD:-}" PGAPPNAME=$NAME

usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
    exit 2
}

# Copies that were not finished have another name and are not among them.
copies() {
    find "$1" -maxdepth 1 -type d -name 'copy-*' | sort
}

copy() {
    made=$1/copy-$(date -u +%Y%m%dT%H%M%SZ)
    rm -rf "$1/unfinished"
    pg_basebackup -D "$1/unfinished" -X stream --checkpoint=fast --manifest-checksums=SHA256
    pg_verifybackup -q "$1/unfinished"
    mv "$1/unfinished" "$made"
    echo "$made"
}

follow() {
    mkdir -p "$1/changes"
    # The slot keeps on the server whatever has not been taken yet.
    pg_receivewal -D "$1/changes" --slot=$NAME --create-slot --if-not-exists
    exec pg_receivewal -D "$1/changes" --slot=$NAME --synchronous
}

restore() {
    newest=$(copies "$1" | tail -n 1)
    [ -n "$newest" ] || { echo "no copy in $1" >&2; exit 1; }
    [ ! -e "$2" ] || { echo "$2 exists: restore into a new folder" >&2; exit 1; }
    changes=$(cd "$1" && pwd)/changes
    cp -Rp "$newest" "$2"
    # The file that was being written when the server was lost still has its working name.
    cat >> "$2/postgresql.auto.conf" <<END
restore_command = 'cp "$changes/%f" "%p" || cp "$changes/%f.partial" "%p"'
recovery_target_timeline = 'latest'
END
    touch "$2/recovery.signal"
    echo "$newest"
}

prune() {
    copies "$1" | head -n "-$2" | while read -r old; do rm -rf "$old"; done
    oldest=$(copies "$1" | head -n 1)
    first=$(sed -n 's/^START WAL LOCATION: .*(file \([0-9A-F]*\))$/\1/p' "$oldest/backup_label")
    pg_archivecleanup "$1/changes" "$first"
}

case "${1:-} $#" in
    "copy 2" | "follow 2" | "restore 3" | "prune 3") "$@" ;;
    *) usage ;;
esac
