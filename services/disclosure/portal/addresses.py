"""Addresses of this site: behind whatever gateway, in the language the reader chose."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlencode

from shared.http.language import Language

ASKED_MAX: Final = 4_096
OF_NO_LANGUAGE: Final = ("/v1/", "/portal/static/", "/docs", "/openapi.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """`chosen` is set where the reader chose a language: links then keep it."""

    prefix: str = ""
    chosen: Language | None = None

    def url(self, path: str, **asked: object) -> str:
        """An address of this site; what is asked with `None` is left out."""
        if not asked and self.chosen is None:
            return self.prefix + path
        pairs = [(name, str(value)) for name, value in asked.items() if value is not None]
        if self.chosen is not None and not path.startswith(OF_NO_LANGUAGE):
            pairs.append(("lang", "en" if self.chosen is Language.EN else "zh"))
        return f"{self.prefix}{path}{'?' if pairs else ''}{_asked(tuple(pairs))}"


@lru_cache(maxsize=ASKED_MAX)
def _asked(pairs: tuple[tuple[str, str], ...]) -> str:
    """Parameters as an address has them; a page says the same ones many times."""
    return urlencode(pairs)


def segment(text: str) -> str:
    """A code as one part of a path, whatever it holds."""
    return quote(text, safe="")
