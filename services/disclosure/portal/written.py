"""What a reader wrote into a form: read without a script, from this site, and small.

There is no cookie and no login, so a foreign page has nothing to ride on but a reader's address;
still a form is taken from this site's own pages only. A browser says where a form comes from in
`Sec-Fetch-Site`, an older one in `Origin`. Whoever says neither is no browser, and may as well use
the API.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from fastapi import Request

from services.disclosure.api.intake.comments import FORM_BYTES_MAX
from shared.domain.refusals import Forbidden
from shared.http.problems import ContentTooLarge, MalformedRequest, MediaTypeUnsupported

FORM: Final = "application/x-www-form-urlencoded"
FIELDS_MAX: Final = 12
_OWN_SITE: Final = frozenset({"same-origin", "none"})


class ForeignForm(Forbidden):
    """A form is sent from a page of this site."""

    title_zh = "表单须从本站页面提交"


def check_origin(request: Request) -> None:
    """Refuse a form that another site sends with a reader's browser."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in _OWN_SITE:
            raise ForeignForm
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() not in _names(request):
        raise ForeignForm


def _names(request: Request) -> frozenset[str]:
    """What this site is called, here and behind a gateway."""
    told = (request.headers.get(name, "") for name in ("host", "x-forwarded-host"))
    names = (name.strip().lower() for text in told for name in text.split(","))
    return frozenset(name for name in names if name)


async def written(request: Request) -> Mapping[str, str]:
    """The fields of a form; line breaks as everybody counts them, nothing around a text."""
    check_origin(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise MediaTypeUnsupported
    body = await request.body()
    if len(body) > FORM_BYTES_MAX:
        raise ContentTooLarge
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS_MAX, errors="strict"
        )
    except ValueError as problem:
        raise MalformedRequest from problem
    if any("\x00" in value for _, value in pairs):
        raise MalformedRequest("A text holds the character NUL.")
    return {name: value.replace("\r\n", "\n").strip() for name, value in pairs}
