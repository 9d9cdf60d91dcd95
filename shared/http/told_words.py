"""Where the words about a thing stand in the log of what this service has said."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text

from shared.contracts.envelope import envelope
from shared.http.reading import looking
from shared.http.runtime import Runtime

WORDS_MAX: Final = 50
"""Of one thing, the first so many."""

# An append may tell of several streams; which word is whose, its envelope says.
_NUMBERS: Final = text("""
SELECT DISTINCT s.number, w.body
FROM es.event e JOIN es.said s USING (append_id)
JOIN es.word w ON w.append_id = s.append_id AND w.idx = s.idx
WHERE e.stream = :stream ORDER BY s.number LIMIT :most
""")


async def numbers_of(runtime: Runtime, stream: str) -> Sequence[int]:
    """The numbers of the words about a stream, in order; none while nothing is numbered."""
    async with looking(runtime) as session:
        found = await session.execute(_NUMBERS, {"stream": stream, "most": WORDS_MAX})
        return [int(number) for number, body in found if envelope(bytes(body)).subject == stream]
