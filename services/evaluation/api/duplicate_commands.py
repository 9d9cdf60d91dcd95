"""Asked of programmes that overlap or are fragments: proposed, decided by a person, closed."""

from typing import Annotated, Final

from pydantic import Field

from services.evaluation.api.schemas import Body, Code, DocumentNo, Note, Text, Year
from services.evaluation.domain.duplicates import messages as duplicates
from services.evaluation.domain.duplicates.finding import DuplicateKind
from shared.http.commands import Asked, CommandEndpoint

MEMBERS_MAX: Final = 50


class ProposeDuplicatesBody(Body):
    """Programmes of one year that overlap, or are fragments of one."""

    group_id: Code
    fiscal_year: Year
    kind: DuplicateKind
    project_codes: Annotated[tuple[Code, ...], Field(min_length=1, max_length=MEMBERS_MAX)]
    reason: Text


class DecideDuplicatesBody(Body):
    """Restructure, with the programme that is kept; or leave them, with a reason."""

    restructure: bool
    keeps: Annotated[str, Field(max_length=60)] = ""
    reason: Note = ""


class CloseDuplicatesBody(Body):
    """The document by which it was done."""

    document_no: DocumentNo


def propose_duplicates(asked: Asked, body: ProposeDuplicatesBody) -> duplicates.ProposeDuplicates:
    """Propose programmes that overlap or are fragments; their names and codes have to agree."""
    return duplicates.ProposeDuplicates(
        **dict(body), region_code=asked.region_code or "", by=asked.actor, now=asked.now
    )


def decide_duplicates(
    asked: Asked, group_id: str, body: DecideDuplicatesBody
) -> duplicates.DecideDuplicates:
    """Decide a group, as somebody who did not propose it."""
    return duplicates.DecideDuplicates(
        group_id=group_id, **dict(body), by=asked.actor, now=asked.now
    )


def close_duplicates(
    asked: Asked, group_id: str, body: CloseDuplicatesBody
) -> duplicates.CloseDuplicates:
    """Close a group once what was decided was done."""
    return duplicates.CloseDuplicates(
        group_id=group_id, document_no=body.document_no, by=asked.actor, now=asked.now
    )


_TAG: Final = "Duplicates"
DUPLICATE_COMMANDS: Final = (
    CommandEndpoint(path="/duplicates", translate=propose_duplicates, tag=_TAG, creates=True),
    CommandEndpoint(path="/duplicates/{group_id}/decide", translate=decide_duplicates, tag=_TAG),
    CommandEndpoint(path="/duplicates/{group_id}/close", translate=close_duplicates, tag=_TAG),
)
DUPLICATE_EXAMPLES: Final = {
    "propose_duplicates": {
        "group_id": "CF-2022-003",
        "fiscal_year": 2022,
        "kind": "OVERLAP",
        "project_codes": ["65312122T000000000008", "65312122T000000000117"],
        "reason": "水利局与乡村振兴局同时申报托克扎克镇饮水安全工程",
    },
    "decide_duplicates": {
        "restructure": True,
        "keeps": "65312122T000000000008",
        "reason": "合并由水利局实施",
    },
    "close_duplicates": {"document_no": "喀财预〔2022〕33号"},
}
