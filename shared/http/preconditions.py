"""`ETag` and `If-Match` ⇄ the version of a stream (RFC 9110 §13, RFC 6585 for 428)."""

import re
from typing import Final

from shared.http.problems import MalformedRequest, PreconditionMissing

PATTERN: Final = r'^(\*|"(0|[1-9][0-9]{0,9})")$'
_ETAG: Final = re.compile(rb'\s*"(0|[1-9]\d{0,9})"\s*', re.ASCII)


def etag(version: int) -> str:
    """The strong entity tag of a version."""
    return f'"{version}"'


def expected_version(if_match: bytes | None, *, required: bool) -> int | None:
    """The version a caller has read; `None` for `*` and where nothing is required."""
    if if_match is None:
        if required:
            raise PreconditionMissing(
                remedy='Read the thing and send its ETag as If-Match, or "*" to repeat blindly.',
                remedy_zh="请先读取对象，并以 If-Match 发送其 ETag；幂等重试可用 *。",
            )
        return None
    if if_match.strip() == b"*":
        return None
    found = _ETAG.fullmatch(if_match)
    if found is None:
        raise MalformedRequest(
            'If-Match takes one strong entity tag, like "3", or *.',
            detail_zh='If-Match 须为一个强实体标签（如 "3"）或 *。',
        )
    return int(found[1])
