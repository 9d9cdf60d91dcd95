#!/bin/sh
# Images that nobody has changed on the way: signed when they are pushed, admitted by that signature.
#
#   images.sh sign KEY NAME FROM [TO]    copies FROM to TO and signs it as NAME; says its digest
#   images.sh admit KEYS NAME [IMAGE]    says the digest of IMAGE if one of KEYS signed it as NAME, else ends with 1
#
# NAME is whole, as in registry.example.org/abacus-targets:0.1.0: neither another service's image nor
# an older version passes for it. KEY is the fingerprint of a GnuPG key, KEYS a file of public ones
# (`gpg --export`). FROM, TO and IMAGE are addresses of skopeo (docker://…, oci:…, dir:…); without
# them the registry of NAME. Signatures of images in a registry lie elsewhere: ABACUS_SIGNATURES is
# the folder they are written to (file:///…), or where it is published (https://…).
# Roll out the digest that `admit` has said: a tag may be moved afterwards.
set -eu
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

copy() { skopeo --registries.d "$work/registries.d" --policy "$work/policy.json" copy --quiet "$@"; }

mkdir "$work/registries.d"
if [ -n "${ABACUS_SIGNATURES:-}" ]; then
    printf 'default-docker: {lookaside: "%s", lookaside-staging: "%s"}\n' \
        "$ABACUS_SIGNATURES" "$ABACUS_SIGNATURES" >"$work/registries.d/signatures.yaml"
fi
case "${1:-} $#" in
"sign 4" | "sign 5")
    # What is signed was made here; whose word it needs is asked where it is admitted.
    echo '{"default": [{"type": "insecureAcceptAnything"}]}' >"$work/policy.json"
    copy --sign-by "$2" --sign-identity "$3" --digestfile "$work/digest" "$4" "${5:-docker://$3}"
    ;;
"admit 3" | "admit 4")
    cat >"$work/policy.json" <<POLICY
{"default": [{"type": "signedBy", "keyType": "GPGKeys", "keyPath": "$(realpath "$2")",
              "signedIdentity": {"type": "exactReference", "dockerReference": "$3"}}]}
POLICY
    copy --digestfile "$work/digest" "${4:-docker://$3}" "dir:$work/image"
    ;;
*)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
cat "$work/digest"
echo
