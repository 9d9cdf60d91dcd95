"""An act on a ledger as an endpoint: where it is, and why it needs no `If-Match`."""

from typing import Final

from shared.http.commands import CommandEndpoint, Translate

_LEDGER: Final = "/ledgers/{project_code}/{fiscal_year}"


def ledger_act(path: str, translate: Translate, *, creates: bool = False) -> CommandEndpoint:
    """The endpoint of a command to one ledger.

    What books a line or a document is not guarded by `If-Match`: the line is recognised when
    it comes again, and lines must not wait for each other.
    """
    return CommandEndpoint(
        path=f"{_LEDGER}/{path}",
        translate=translate,
        tag="Money",
        creates=creates,
        moves_money=True,
        location="/ledgers/{id}",
    )
