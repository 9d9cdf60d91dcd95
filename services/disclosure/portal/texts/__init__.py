"""What the portal says: Chinese as the pages have it, English from the catalogues beside it.

A text is known by its Chinese words. One without English is told in Chinese, and a test finds
it (`tests/portal/test_texts.py`).
"""

from collections.abc import Mapping
from typing import Final

from services.disclosure.portal.texts.comments import COMMENTS
from services.disclosure.portal.texts.figures import FIGURES
from services.disclosure.portal.texts.lists import LISTS
from services.disclosure.portal.texts.pages import PAGES
from services.disclosure.portal.texts.projects import PROJECTS
from services.disclosure.portal.texts.rankings import RANKINGS
from services.disclosure.portal.texts.shell import SHELL
from shared.http.language import Language

ENGLISH: Final[Mapping[str, str]] = {
    **COMMENTS,
    **FIGURES,
    **LISTS,
    **PAGES,
    **PROJECTS,
    **RANKINGS,
    **SHELL,
}


def said(text: str, language: Language, **values: object) -> str:
    """A text in a language, with its values."""
    words = ENGLISH.get(text, text) if language is Language.EN else text
    return words.format_map(values) if values else words
