"""Personal fields at the edge: sealed before anything is decided, hashed, kept or logged.

An endpoint that takes personal fields says so with `Confidential`. Its body is validated as it
was sent, the personal fields are taken out and sealed, and only what is left, with the sealed
box, goes on: to the translator, into the fingerprint of a repeated request, into the lines of an
import that wait for acceptance. A line that cannot be read keeps nothing of what was sent.
"""

from shared.domain.sealed import Sealed
from shared.http.commands import Confidential
from shared.http.operations import Operation
from shared.http.problems import Unavailable
from shared.http.runtime import Runtime
from shared.sealing import Personal, Vault


async def sealed_body(runtime: Runtime, operation: Operation, body: bytes) -> tuple[bytes, Sealed]:
    """The body without its personal fields, and these sealed."""
    kept, personal = parted(operation, body, "")
    (sealed,) = await vault_of(runtime).seal([personal])
    return kept, sealed


def parted(operation: Operation, body: bytes, inside: str) -> tuple[bytes, Personal]:
    """What may be kept of a body as it was sent, and the personal fields apart from it."""
    confidential = _confidential(operation)
    clear = operation.clear(body, inside=inside)
    personal = confidential.personal(operation.kept_type)
    fields = {name: str(getattr(clear, name)) for name in personal}
    kept = clear.model_dump_json(exclude=set(personal), exclude_unset=True)
    return kept.encode(), Personal(confidential.identity(clear), fields)


def _confidential(operation: Operation) -> Confidential:
    if operation.endpoint.confidential is None:
        raise TypeError(f"{operation.name} takes no personal fields")
    return operation.endpoint.confidential


def vault_of(runtime: Runtime) -> Vault:
    """The vault of this process."""
    if runtime.vault is None:
        raise Unavailable
    return runtime.vault
