"""Pages as the stories read them: parsed strictly, with their links, texts and addresses."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urldefrag, urljoin

import httpx

VOID: Final = frozenset({"meta", "link", "input", "br", "rect", "circle", "ellipse", "path"})
ADDRESSES: Final = frozenset({"href", "src", "action", "poster", "srcset", "data", "formaction"})


@dataclass(slots=True)
class Read(HTMLParser):
    """What a page holds."""

    address: str
    links: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    language: str = ""

    def __post_init__(self) -> None:
        """Ready to be fed."""
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what matters of an element."""
        self.tags.append(tag)
        given: dict[str, str | None] = dict(attrs)
        if len(given) != len(attrs):
            self.wrong.append(f"{tag} says something twice")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}")
            if name in ADDRESSES and value is not None:
                self.addresses.append(value)
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag == "a" and (target := given.get("href")) is not None:
            self.links.append(urljoin(self.address, target))
        if (own := given.get("id")) is not None:
            self.ids.append(own)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Elements close in order, as ours always do."""
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> closes {self.open[-1:]}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """A text; what stands inside a script or a style is not one."""
        if self.open and self.open[-1] in {"script", "style"} and data.strip():
            self.inline.append(f"{self.open[-1]} {data[:40]}")
        elif data.strip():
            self.words.append(data.strip())

    @property
    def text(self) -> str:
        """Everything a reader reads."""
        return " ".join(self.words)


async def page(
    client: httpx.AsyncClient, path: str, status: int = 200, language: str = "zh-CN"
) -> Read:
    """A page as a browser asks for it."""
    answer = await client.get(path, headers={"accept-language": language, "accept": "text/html"})
    assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"].startswith("text/html"), path
    found = Read(str(answer.url))
    found.feed(answer.text)
    found.close()
    return found


def inside(found: Read) -> set[str]:
    """The links of a page that stay within the site, without their fragments."""
    own = {urldefrag(link).url for link in found.links}
    return {link for link in own if link.startswith("http://test/")}
