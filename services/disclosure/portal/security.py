"""The headers of every page: nothing from elsewhere, nothing inside another page, nothing told."""

from collections.abc import Mapping
from typing import Final

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No `unsafe-inline`: styles and the script are files of this site."""
PAGE_HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
KEPT_HEADERS: Final[Mapping[str, str]] = {
    "cache-control": "public, no-cache",
    "vary": "Accept-Language, X-Forwarded-Prefix",
}
"""A page may be kept by everybody, and is asked for anew each time: mostly it is the same."""
