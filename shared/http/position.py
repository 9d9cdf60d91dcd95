"""`Abacus-Position`: an opaque token for "as far as what I have just written".

It names the service, the stream, the version written, and the version of the last public word
said there: the service itself waits for the first, other services can only hear the second.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Self

from shared.http.problems import FieldError, FieldsInvalid


@dataclass(frozen=True, slots=True)
class Position:
    """A place in what a service has recorded."""

    service: str
    stream: str
    version: int
    said: int

    def token(self) -> str:
        """The opaque text."""
        plain = f"{self.service}\n{self.version}\n{self.said}\n{self.stream}"
        return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, token: str) -> Self:
        """The place a token names; a made-up token is refused."""
        try:
            plain = base64.b64decode(
                token.encode("ascii") + b"=" * (-len(token) % 4), altchars=b"-_", validate=True
            ).decode()
            service, version, said, stream = plain.split("\n", 3)
            return cls(service, stream, _whole(version), _whole(said))
        except (ValueError, binascii.Error) as problem:
            wrong = FieldError("This is not a position.", parameter="Abacus-At-Least")
            raise FieldsInvalid("This is not a position.", errors=[wrong]) from problem


def _whole(text: str) -> int:
    if not text.isdigit() or not text.isascii() or len(text) > 10:  # noqa: PLR2004 - an int4
        raise ValueError(text)
    return int(text)
