"""Whether this container does its work: exit code 0 or 1. Standard library only.

python healthcheck.py         the api in this container lives
python healthcheck.py URL     what it says of itself and its worker is good
"""

import os
import sys
from urllib.error import URLError
from urllib.request import urlopen

SECONDS_MAX = 4


def main() -> int:
    """Ask our own loopback address, or the one that was given."""
    service = os.environ["ABACUS_SERVICE"].upper()
    port = os.environ.get(f"{service}_PORT", "8000")
    url = sys.argv[1] if len(sys.argv) > 1 else f"http://127.0.0.1:{port}/livez"
    try:
        with urlopen(url, timeout=SECONDS_MAX) as answer:
            return 0 if answer.status == 200 else 1  # noqa: PLR2004 - HTTP's OK
    except (URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
