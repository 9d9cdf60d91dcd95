"""Which of the two languages a caller reads: `Accept-Language` decides, else the setting."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Final

from fastapi import Depends, Request

_RANGE: Final = re.compile(
    r"\s*(?P<tag>\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=(?P<q>[01](?:\.\d{0,3})?))?\s*"
)


class Language(StrEnum):
    """The two languages of the product."""

    ZH = "zh-CN"
    EN = "en"


@lru_cache(maxsize=512)
def preferred(header: str, default: Language) -> Language:
    """The language a caller likes best; `default` where neither or anything will do."""
    best, weight = default, 0.0
    for part in header.split(","):
        found = _RANGE.fullmatch(part)
        if found is None:
            continue
        primary = found["tag"].partition("-")[0].lower()
        q = float(found["q"] or 1)
        if q <= weight or primary not in {"zh", "en", "*"}:
            continue
        best = {"zh": Language.ZH, "en": Language.EN, "*": default}[primary]
        weight = q
    return best


def language_of(request: Request) -> Language:
    """The language to answer this request in."""
    default = Language(request.app.state.settings.language)
    return preferred(request.headers.get("accept-language", ""), default)


Speaks = Annotated[Language, Depends(language_of)]
"""A dependency: the caller's language."""
