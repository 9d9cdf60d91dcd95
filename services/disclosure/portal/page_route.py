"""A route whose refusals are pages too: a reader of pages is never shown a problem document."""

from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute

from services.disclosure.portal.rendering import render_refusal
from services.disclosure.portal.security import PAGE_HEADERS
from services.disclosure.portal.visit import addresses_of, language_of
from shared.http.failures import refusal_of
from shared.http.problems import HttpRefusal, status_of

GONE: Final = 410


class PageGone(HttpRefusal):
    """What this page told of is no longer in force."""

    status = GONE
    title_zh = "该页面所载内容已不再有效"


class PageRoute(APIRoute):
    """One page."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The page, or the page of what refused it."""
        answer = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await answer(request)
            except Exception as failure:  # noqa: BLE001 - every failure is told, none is hidden
                return refused(request, failure)

        return handler


def refused(request: Request, failure: Exception) -> Response:
    """The page of a failure, in the reader's language; what broke stays in the log."""
    refusal = refusal_of(failure)
    status = status_of(refusal)
    addresses = addresses_of(request)
    language = language_of(request, addresses)
    body = render_refusal(status, refusal, language, addresses)
    headers = {"content-language": language.value, "cache-control": "no-store", **PAGE_HEADERS}
    more = refusal.details.get("headers")
    if isinstance(more, dict):
        headers |= {str(name).lower(): str(text) for name, text in more.items()}
    return Response(body, status, headers, media_type="text/html")
