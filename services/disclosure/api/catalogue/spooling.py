"""Long answers: written down as fast as the database gives, then sent as fast as they are read.

A reader who takes an hour would else hold a connection and an old state of the database for an
hour. What is written down lies in a file without a name, and is gone with its reader.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from fastapi.responses import StreamingResponse

from services.disclosure.api.bulk.apart import apart

CHUNK_BYTES: Final = 1 << 16


async def spooled(
    pieces: AsyncIterator[bytes], folder: Path, headers: dict[str, str], media_type: str
) -> StreamingResponse:
    """The answer, once all of it is there; a refusal on the way is answered as one."""
    await apart(folder.mkdir, parents=True, exist_ok=True)
    file: IO[bytes] = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by whoever sends it
    try:
        async for piece in pieces:
            await apart(file.write, piece)
        length = file.tell()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return StreamingResponse(
        _read(file),
        headers={**headers, "content-length": str(length)},
        media_type=media_type,
    )


async def _read(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while chunk := await apart(file.read, CHUNK_BYTES):
            yield chunk
