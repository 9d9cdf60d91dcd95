"""What the machine that reads the documents is told besides them: who may ask, and what exists.

Schemathesis loads this in a process of its own; where the system runs comes in one JSON file.
"""

import json
import os
from pathlib import Path
from typing import Any, Final

import schemathesis
from schemathesis import AuthContext, Case, SerializationContext

from shared.http.issuer import Bearer, Issuer
from shared.http.policy import SIGNED_IN, Role
from shared.settings import ServiceSettings

type Sent = Case[Any]

SYSTEM: Final = json.loads(Path(os.environ["ABACUS_CONTRACT"]).read_text())
ISSUER: Final = Issuer.of(ServiceSettings(data_dir=Path(SYSTEM["data"])))
MINUTES: Final = 5 * 60


def _role(_case: Sent, context: AuthContext) -> str:
    """The first role that is admitted; anybody signed in where everybody is."""
    roles = {Role(name) for name in context.operation.definition.raw["x-abacus-roles"]}
    return min(roles & SIGNED_IN, default=Role.FB_PERFORMANCE).value


@schemathesis.auth(refresh_interval=MINUTES, cache_by_key=_role)
class Bearers:
    """The token of somebody who may ask for this operation."""

    def get(self, case: Sent, context: AuthContext) -> str:
        """Valid for a quarter of an hour."""
        role = _role(case, context)
        bearer = Bearer(
            subject=f"reader-of-documents-{role.lower()}",
            roles=[Role(role)],
            region_code=SYSTEM["region"],
            unit_code="*",
            department_code=SYSTEM["department"],
        )
        return ISSUER.mint(bearer)

    def set(self, case: Sent, data: str, _context: AuthContext) -> None:
        """Show it."""
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.serializer("application/x-ndjson")
def write_lines(_context: SerializationContext, value: object) -> bytes:
    """Lines of an import, from somebody who has read no further than that they are text."""
    return value if isinstance(value, bytes) else str(value).encode()
