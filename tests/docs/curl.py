"""What the tutorial needs of curl, for a machine that has none: the options it uses, no others."""

import argparse
import sys

import httpx

HTTP_FAILED = 22  # curl's exit code for an answer of 400 and above


def main() -> int:
    """Ask as told and print the answer."""
    parser = argparse.ArgumentParser(prog="curl", allow_abbrev=False)
    parser.add_argument("-s", "--silent", action="store_true")
    parser.add_argument("-S", "--show-error", action="store_true")
    parser.add_argument("-f", "--fail", action="store_true")
    parser.add_argument("--fail-with-body", action="store_true")
    parser.add_argument("-X", "--request", default="")
    parser.add_argument("-d", "--data")
    parser.add_argument("-H", "--header", action="append", default=[])
    parser.add_argument("url")
    asked = parser.parse_args()
    named = (line.partition(":") for line in asked.header)
    headers = {name.strip(): value.strip() for name, _, value in named}
    method = asked.request or ("GET" if asked.data is None else "POST")
    answer = httpx.request(method, asked.url, content=asked.data, headers=headers, timeout=60)
    failed = answer.is_error and (asked.fail or asked.fail_with_body)
    if not (failed and asked.fail):
        sys.stdout.write(answer.text)
    return HTTP_FAILED if failed else 0


if __name__ == "__main__":
    sys.exit(main())
