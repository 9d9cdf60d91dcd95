"""Every page and every download of the portal, followed from the first page as a reader would."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import httpx

from tests.portal.reading import Read, inside

LINKS_MAX: Final = 2_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came back from one address."""

    status: int
    kind: str
    text: str


async def crawl(client: httpx.AsyncClient, language: str = "zh-CN") -> dict[str, Seen]:
    """Everything that is linked, directly or not, as a browser of this language asks for it."""
    waiting = ["http://test/"]
    seen: dict[str, Seen] = {}
    while waiting and len(seen) < LINKS_MAX:
        link = waiting.pop()
        if link in seen:
            continue
        answer = await client.get(
            link, follow_redirects=True, headers={"accept-language": language}
        )
        kind = answer.headers.get("content-type", "")
        seen[link] = Seen(status=answer.status_code, kind=kind, text=text_of(answer))
        if kind.startswith("text/html") and "/v1/" not in link:
            waiting += _links(link, answer.text, seen)
    return seen


def _links(link: str, text: str, seen: dict[str, Seen]) -> Sequence[str]:
    found = Read(link)
    found.feed(text)
    return [one for one in inside(found) if one not in seen and "lang=" not in one]


def text_of(answer: httpx.Response) -> str:
    """All that can be read of it, with its headers; a workbook is opened."""
    if answer.content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            body = "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    else:
        body = answer.text
    return f"{answer.headers} {body}"
