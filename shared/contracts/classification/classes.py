"""Public, internal, personal: what may be done with a field of a word."""

from collections.abc import Mapping
from enum import StrEnum


class Classification(StrEnum):
    """Who may learn it: everybody, the services alone, or nobody outside without a legal basis."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"


type Fields = Mapping[str, Classification]


def fields(public: str, *, internal: str = "", personal: str = "") -> Fields:
    """Names of fields by their class, with spaces between them."""
    return {
        **dict.fromkeys(public.split(), Classification.PUBLIC),
        **dict.fromkeys(internal.split(), Classification.INTERNAL),
        **dict.fromkeys(personal.split(), Classification.PERSONAL),
    }
