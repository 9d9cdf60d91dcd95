"""Where in a text what was looked for stands, so that a reader sees why it was found."""

from collections.abc import Sequence

from services.disclosure.domain.search_words import folded


def marked(text: str, terms: Sequence[str]) -> Sequence[tuple[str, bool]]:
    """A text in pieces, those that hold a term marked; however it is spelt there."""
    low = folded(text)
    if len(low) != len(text):  # folding changed its length: places would not fit
        low = text.casefold() if len(text.casefold()) == len(text) else text
    hits = [False] * len(text)
    for term in terms:
        start = low.find(term)
        while start >= 0:
            hits[start : start + len(term)] = [True] * len(term)
            start = low.find(term, start + 1)
    pieces: list[tuple[str, bool]] = []
    for letter, hit in zip(text, hits, strict=True):
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + letter, hit)
        else:
            pieces.append((letter, hit))
    return pieces
