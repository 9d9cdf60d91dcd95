"""One visit of the portal: who reads in which language, about what, and how the page is made."""

import hashlib
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import Response

from services.disclosure.api.spans import AsOf, ScopeName, Today
from services.disclosure.portal.addresses import Addresses
from services.disclosure.portal.kept import Kept, KeptPage, Key
from services.disclosure.portal.rendering import build, render
from services.disclosure.portal.security import KEPT_HEADERS, PAGE_HEADERS
from services.disclosure.portal.site import SITE_FED_BY, Site, site_of
from services.disclosure.portal.stamp import PRODUCERS, Stamp
from services.disclosure.projections.span import Span
from shared.domain.refusals import NotFound
from shared.http.failures import refusal_of
from shared.http.language import Language
from shared.http.reading import Read, ReadingNow, looking

LANGUAGES: Final = {"zh": Language.ZH, "zh-cn": Language.ZH, "en": Language.EN}
NOT_MODIFIED: Final = 304
YEAR_MIN: Final = 2000
YEAR_MAX: Final = 2100

NOTHING: Final[Mapping[str, str]] = {}

type Facts = Mapping[str, Any]
type Make = Callable[["Visit"], Awaitable[Facts]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a page is made from. Two visits with the same `key` and place see the same page."""

    request: Request
    read: Read
    language: Language
    addresses: Addresses
    stamp: Stamp
    site: Site
    span: Span
    kept: Kept

    @property
    def asked(self) -> Facts:
        """Region, year and scope, for links that stay with them."""
        return {
            "region": self.span.region_code,
            "fiscal_year": self.span.fiscal_year,
            "scope": None if self.span.tree else "self",
        }

    def about(self, region_code: str, fiscal_year: int) -> "Visit":
        """The same visit about another region and year."""
        if region_code not in self.site.names or not YEAR_MIN <= fiscal_year <= YEAR_MAX:
            raise NotFound
        span = replace(self.span, region_code=region_code, fiscal_year=fiscal_year)
        return replace(self, span=span)

    def url(self, path: str, **asked: object) -> str:
        """An address of this site, in the language that was chosen."""
        return self.addresses.url(path, **asked)

    async def sums(self, name: str) -> Sequence[Any]:
        """The rows of one of the sums of this region and year (`sums_kept`)."""
        return await self.kept.sums.rows(name, self.read, self.span, self.stamp.place)

    def here(self, **changed: object) -> str:
        """The same page with other parameters; it begins at its first part again."""
        asked = {k: v for k, v in self.request.query_params.items() if k not in {"lang", "cursor"}}
        asked |= {name: str(value) for name, value in changed.items() if value is not None}
        place = f"{self.addresses.prefix}{self.request.url.path}"
        return f"{place}{'?' if asked else ''}{urlencode(asked)}"

    async def answer(self, template: str, make: Make, status: int = 200) -> Response:
        """The page: as it is kept, or made now; nothing where the reader has the same already."""
        key, place = (*self._key, template), self.stamp.place
        page = self.kept.known(key, place)
        if page is None and self._has(self._etag):
            return self._response(b"", self._etag, NOT_MODIFIED)
        if page is None and (page := self.kept.stale(key, place)) is not None:
            renewing = self._renew(key, template, make)
            self.read.runtime.background.start(renewing, name="portal page")
        if page is None:
            page = await self.kept.made(key, place, partial(self._made, template, make))
        if self._has(page.etag):
            return self._response(b"", page.etag, NOT_MODIFIED)
        return self._response(page.body, page.etag, status)

    def fresh(
        self, template: str, facts: Facts, status: int = 200, more: Mapping[str, str] = NOTHING
    ) -> Response:
        """A page for this reader alone: made now, kept by nobody."""
        headers = {**PAGE_HEADERS, "cache-control": "no-store", **more}
        headers["content-language"] = self.language.value
        body = render(template, self, facts)
        return Response(body, status, headers, media_type="text/html")

    def _has(self, etag: str) -> bool:
        """Whether the reader has this page already."""
        wanted = self.request.headers.get("if-none-match", "")
        return etag in wanted or wanted.strip() == "*"

    async def _made(self, template: str, make: Make) -> KeptPage:
        body = render(template, self, await make(self))
        return KeptPage(self.stamp.place, body, self._etag, time.monotonic())

    async def _renew(self, key: Key, template: str, make: Make) -> None:
        """Make it again after the request that found it old has been answered."""
        if key in self.kept.making:
            return
        try:
            async with looking(self.read.runtime) as session:
                later = replace(self, read=replace(self.read, session=session))
                renewed = partial(later._made, template, make)  # noqa: SLF001 - the same visit
                await self.kept.made(key, self.stamp.place, renewed)
        except Exception as failure:  # noqa: BLE001 - the next reader is told what it was
            refusal_of(failure)  # which writes down what went wrong

    @property
    def _key(self) -> Key:
        asked = sorted(self.request.query_params.multi_items())
        return (self.request.url.path, urlencode(asked), self.language.value, self.addresses.prefix)

    @property
    def _etag(self) -> str:
        made_of = repr((self._key, self.stamp.place, build()))
        return f'W/"{hashlib.sha256(made_of.encode()).hexdigest()[:32]}"'

    def _response(self, body: bytes, etag: str, status: int) -> Response:
        # A 304 says the policy, too: a browser puts its headers in the place of those it kept.
        headers = {**PAGE_HEADERS, **KEPT_HEADERS, "content-language": self.language.value}
        return Response(body, status, {**headers, "etag": etag}, media_type="text/html")


def kept_of(request: Request) -> Kept:
    """What this process keeps."""
    state = request.app.state
    if not hasattr(state, "portal"):
        state.portal = Kept()
    kept: Kept = state.portal
    return kept


def addresses_of(request: Request) -> Addresses:
    """Where this site is for the reader, and the language of `?lang=`."""
    return Addresses(
        prefix=str(request.headers.get("x-forwarded-prefix", "")).rstrip("/"),
        chosen=LANGUAGES.get(request.query_params.get("lang", "").lower()),
    )


def language_of(request: Request, addresses: Addresses) -> Language:
    """The language of `?lang=`, or else the one the browser likes."""
    liked: Language = request.scope["abacus.language"]
    return addresses.chosen or liked


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a request says it is about; what it does not say, the site knows."""

    region: str | None
    fiscal_year: int | None
    scope: ScopeName
    as_of: date | None


def about_of(
    region: Annotated[str | None, Query(min_length=2, max_length=12)] = None,
    fiscal_year: Annotated[int | None, Query(ge=YEAR_MIN, le=YEAR_MAX)] = None,
    scope: ScopeName = ScopeName.TREE,
    as_of: AsOf = None,
) -> About:
    """The parameters that pages have in common with the lists of the API."""
    return About(region=region, fiscal_year=fiscal_year, scope=scope, as_of=as_of)


async def visit(
    request: Request, read: ReadingNow, today: Today, about: Annotated[About, Depends(about_of)]
) -> Visit:
    """The visit of a request; a region that nobody knows is not found."""
    kept = kept_of(request)
    stamp = await kept.stamped(read.runtime)
    told = stamp.place.heard[PRODUCERS.index(SITE_FED_BY)], today
    if kept.site is None or kept.site[0] != told:
        kept.site = told, await site_of(read, today)
    site: Site = kept.site[1]
    if about.region is not None and about.region not in site.names:
        raise NotFound
    addresses = addresses_of(request)
    return Visit(
        request=request,
        read=read,
        language=language_of(request, addresses),
        addresses=addresses,
        stamp=stamp,
        site=site,
        span=Span(
            region_code=about.region or site.root,
            fiscal_year=about.fiscal_year or site.year,
            tree=about.scope is ScopeName.TREE,
            as_of=about.as_of or today,
        ),
        kept=kept,
    )


Visited = Annotated[Visit, Depends(visit)]
"""A dependency: `visit: Visited`."""
