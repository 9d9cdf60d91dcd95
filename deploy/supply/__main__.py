"""`python -m deploy.supply`: every installed pinned package, its version and licence."""

import sys

from deploy.supply.licences import STATED_ELSEWHERE, refused, report
from deploy.supply.pins import lists


def main() -> int:
    """Print the report; it fails where a licence is not on the list."""
    pins = [pin for found in lists().values() for pin in found]
    wrong = 0
    for pin, said in report(pins):
        unfit = refused(said)
        wrong += bool(unfit)
        where = STATED_ELSEWHERE.get(pin.name, ("", ""))[1]
        print(f"{pin.name} {pin.version}: {said}{f' ({where})' if where else ''}"
              f"{' NOT ALLOWED' if unfit else ''}")  # fmt: skip
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
