"""Commands about watching: rounds and the nodes of a project."""

from typing import Final

from services.monitoring.api.record_commands import RECORD_COMMANDS
from services.monitoring.api.record_schemas import CloseRoundBody
from services.monitoring.domain.round import ArchiveRound, CloseRound, PlanRound
from services.monitoring.domain.watch import ArrangeNodes
from shared.http.commands import Asked, CommandEndpoint


def plan_round(asked: Asked, region_code: str, fiscal_year: int, node: str) -> PlanRound:
    """Set the days of a round by the rules in force; also done when a rule set is adopted."""
    return PlanRound(
        region_code=region_code,
        fiscal_year=fiscal_year,
        node=node,
        by=asked.actor,
        now=asked.now,
    )


def close_round(
    asked: Asked, region_code: str, fiscal_year: int, node: str, body: CloseRoundBody
) -> CloseRound:
    """End a round with its report: counted from the records of everybody, signed, kept."""
    return CloseRound(
        region_code=region_code,
        fiscal_year=fiscal_year,
        node=node,
        reviewed=body.reviewed,
        missed=body.missed,
        signatory=body.signatory,
        by=asked.actor,
        now=asked.now,
    )


def archive_round(asked: Asked, region_code: str, fiscal_year: int, node: str) -> ArchiveRound:
    """Put a closed round on file."""
    return ArchiveRound(
        region_code=region_code,
        fiscal_year=fiscal_year,
        node=node,
        by=asked.actor,
        now=asked.now,
    )


def arrange_nodes(asked: Asked, project_code: str, fiscal_year: int) -> ArrangeNodes:
    """Arrange a project's nodes by the rules that hold now, after the rules changed."""
    return ArrangeNodes(
        project_code=project_code,
        fiscal_year=fiscal_year,
        region_code=asked.region_code or "",
        by=asked.actor,
        now=asked.now,
    )


_ROUND: Final = "/rounds/{region_code}/{fiscal_year}/{node}"
_TAG: Final = "Monitoring"

WATCHING_COMMANDS: Final = (
    CommandEndpoint(
        path=f"{_ROUND}/plan",
        translate=plan_round,
        tag=_TAG,
        creates=True,
        location="/rounds/{id}",
    ),
    CommandEndpoint(path=f"{_ROUND}/close", translate=close_round, tag=_TAG),
    CommandEndpoint(path=f"{_ROUND}/archive", translate=archive_round, tag=_TAG),
    CommandEndpoint(
        path="/watches/{project_code}/{fiscal_year}/arrange", translate=arrange_nodes, tag=_TAG
    ),
    *RECORD_COMMANDS,
)
