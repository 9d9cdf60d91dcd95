"""The list a reviewer opens first: every target, where it stands and what it binds."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import BigInteger, Field, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from services.targets.domain.duties import Stay
from services.targets.domain.events.target import (
    TargetAdjusted,
    TargetAdjustmentRefused,
    TargetAdjustmentRequested,
    TargetAdjustmentSigned,
    TargetAdjustmentWithdrawn,
    TargetApproved,
    TargetChecked,
    TargetClosed,
    TargetCompleted,
    TargetConfirmed,
    TargetDrafted,
    TargetGraded,
    TargetRejected,
    TargetReturned,
    TargetReviewed,
    TargetRevised,
    TargetSubmitted,
    TargetValuesProposed,
)
from services.targets.domain.findings import (
    QUALITY_BEST,
    Finding,
    errors,
    quality_score,
    unanswered,
    warnings,
)
from services.targets.domain.unit_goals import GOALS_MAX
from services.targets.domain.values import Content, Office, ProjectStatus, TargetStatus
from services.targets.projections import Table
from services.targets.projections.project_register import ProjectRow
from services.targets.projections.stored_json import stored
from services.targets.projections.target_versions import DRAFT_VERSION, TargetVersionRow
from shared.domain.grades import Grade
from shared.messages import AnyRecorded
from shared.projections import Change, Projection, Put, Set


class TargetRow(Table, table=True):
    """A target. What it says is in `target_versions`, so that a step rewrites little."""

    __tablename__ = "target_register"

    target_id: str = Field(primary_key=True)
    project_code: str = Field(index=True)
    project_name: str
    fiscal_year: int = Field(index=True)
    region_code: str = Field(index=True)
    unit_code: str = Field(index=True)
    department_code: str
    status: str
    scheme: str
    errors: int = 0
    warnings: int = 0
    unanswered: int = 0
    quality_score: int = QUALITY_BEST
    findings_json: str = "[]"
    returns: str = ""
    score: Decimal | None = Field(default=None, max_digits=5, decimal_places=2)
    grade: str | None = None
    points_json: str = "{}"
    joint_review_id: str | None = None
    target_version: int = 0
    budget_fen: int | None = Field(default=None, sa_type=BigInteger)
    rule_set_version: int = 0
    rules_region: str | None = None
    grade_rule_set_version: int | None = None
    grade_rules_region: str | None = None
    approved_on: date | None = None
    needs_ex_ante: bool = False
    origin: str = "OFFICIAL"
    business_by: str = ""
    finance_by: str = ""
    signed_by: str = ""
    in_place_of: str = ""
    business_since_on: date | None = None
    finance_since_on: date | None = None
    since_on: date | None = None
    version: int = 0


GRADED_STATUS = {
    Grade.EXCELLENT: TargetStatus.READY,
    Grade.GOOD: TargetStatus.TO_COMPLETE,
    Grade.FAIR: TargetStatus.DRAFT,
    Grade.POOR: TargetStatus.REJECTED,
}


def project(  # noqa: C901, PLR0912 - one answer per fact
    recorded: AnyRecorded,
) -> Iterable[Change]:
    """What a fact changes."""
    match recorded.event:
        case TargetDrafted() as event:
            yield Put(TargetRow, {**_drafted(recorded.id, event), "version": recorded.version})
        case TargetRevised() as event:
            opened = _opened(event.reopened, event.revised_on)
            yield _moved(recorded, TargetStatus.DRAFT, **_written(event), **opened)
        case TargetConfirmed(office=office, person=person, stay=stay):
            closed = {f"{office.value.lower()}_by": person, **_since(stay)}
            yield _moved(recorded, TargetStatus.DRAFT, **closed)
        case TargetSubmitted() as event:
            yield _moved(recorded, TargetStatus.SUBMITTED, **_handed_in(event))
        case TargetReviewed(stay=stay):
            yield _moved(recorded, TargetStatus.REVIEWED, **_since(stay))
        case TargetChecked(stay=stay):
            yield _moved(recorded, TargetStatus.CHECKED, **_since(stay))
        case TargetReturned() as event:
            yield _moved(recorded, TargetStatus.DRAFT, **_returned(event))
        case TargetGraded() as event:
            yield _moved(recorded, GRADED_STATUS[event.grade], **_graded(event))
        case TargetCompleted(content=content, findings=findings, stay=stay):
            linted = {} if findings is None else _linted(content, findings)
            yield _moved(recorded, TargetStatus.READY, **linted, **_since(stay))
        case TargetRejected():
            yield _moved(recorded, TargetStatus.REJECTED)
        case TargetApproved() as event:
            yield _moved(recorded, TargetStatus.APPROVED, **_bound(event))
        case TargetAdjustmentRequested():
            yield _moved(recorded, TargetStatus.ADJUSTING)
        case TargetAdjusted(target_version=version, budget=budget):
            changed = {"target_version": version, "budget_fen": budget.fen}
            yield _moved(recorded, TargetStatus.APPROVED, **changed)
        case TargetAdjustmentRefused(was_open=True) | TargetAdjustmentWithdrawn():
            yield _moved(recorded, TargetStatus.APPROVED)
        case TargetAdjustmentRefused() | TargetValuesProposed() | TargetAdjustmentSigned():
            yield Set(TargetRow, {"target_id": recorded.id}, {"version": recorded.version})
        case TargetClosed():
            yield _moved(recorded, TargetStatus.CLOSED)
        case _:
            return


def _drafted(target_id: str, event: TargetDrafted) -> dict[str, object]:
    basis = event.basis
    return {
        "target_id": target_id,
        "project_code": basis.project_code,
        "project_name": basis.project_name,
        "fiscal_year": basis.fiscal_year,
        "region_code": basis.region_code,
        "unit_code": basis.unit_code,
        "department_code": basis.department_code,
        "status": TargetStatus.DRAFT.value,
        "needs_ex_ante": basis.needs_ex_ante,
        "origin": basis.origin.value,
        "business_since_on": event.drafted_on,
        "finance_since_on": event.drafted_on,
        "since_on": event.drafted_on,
        **_written(event),
    }


def _written(event: TargetDrafted | TargetRevised) -> dict[str, object]:
    return {
        "scheme": event.scheme,
        "rule_set_version": event.rule_set_version,
        "rules_region": event.rules_region,
        **_linted(event.content, event.findings),
    }


def _linted(content: Content, findings: tuple[Finding, ...]) -> dict[str, object]:
    return {**_judged(findings), "unanswered": len(unanswered(findings, content.answers))}


def _judged(findings: tuple[Finding, ...]) -> dict[str, object]:
    return {
        "errors": len(errors(findings)),
        "warnings": len(warnings(findings)),
        "quality_score": quality_score(findings),
        "findings_json": stored(findings) if findings else "[]",
    }


def _handed_in(event: TargetSubmitted) -> dict[str, object]:
    # Nothing is handed in with an error or with a warning that is not answered.
    found = event.findings
    linted = {} if found is None else {**_judged(found), "unanswered": 0}
    signed = {"signed_by": event.signed_by, "in_place_of": event.in_place_of}
    return {**signed, **linted, **_since(event.stay)}


def _graded(event: TargetGraded) -> dict[str, object]:
    return {
        "score": event.score,
        "grade": event.grade.value,
        "grade_rule_set_version": event.rule_set_version,
        "grade_rules_region": event.rules_region,
        "points_json": stored(event.points),
        "joint_review_id": event.joint_review_id,
        **_since(event.stay),
    }


def _returned(event: TargetReturned) -> dict[str, object]:
    day = None if event.stay is None else event.stay.until_on
    words = [*dict.fromkeys([*map(str, event.failed), *map(str, event.codes)]), *event.reasons]
    unsigned = {"signed_by": "", "in_place_of": "", "since_on": day}
    return {"returns": "; ".join(words), **unsigned, **_opened(event.reopened, day)}


def _opened(offices: Iterable[Office], day: date | None) -> dict[str, object]:
    """The locks that are open again, since this day."""
    opened: dict[str, object] = {}
    for office in offices:
        name = office.value.lower()
        opened |= {f"{name}_by": "", f"{name}_since_on": day}
    return opened


def _since(stay: Stay | None) -> dict[str, object]:
    """On the next desk since it left the one before."""
    return {} if stay is None else {"since_on": stay.until_on}


def _bound(event: TargetApproved) -> dict[str, object]:
    return {
        "target_version": event.target_version,
        "budget_fen": event.budget.fen,
        "rule_set_version": event.rule_set_version,
        "rules_region": event.rules_region,
        "approved_on": event.approved_on,
    }


def _moved(recorded: AnyRecorded, status: TargetStatus, **values: object) -> Set:
    moved = {"status": status.value, **values, "version": recorded.version}
    return Set(TargetRow, {"target_id": recorded.id}, moved)


target_register = Projection(
    name="target_register", streams=frozenset({"target"}), tables=(TargetRow,), project=project
)


def target(target_id: str) -> SelectOfScalar[TargetRow]:
    """One target."""
    return select(TargetRow).where(col(TargetRow.target_id) == target_id)


OTHERS_MAX = GOALS_MAX


def of_unit(unit_code: str, fiscal_year: int) -> Select[str, str, str, str]:
    """What the targets of a unit and year said when they were drafted: project, name, words.

    What was rejected or belongs to a terminated project promises nothing.
    """
    promised = col(TargetRow.target_id) == col(TargetVersionRow.target_id)
    of_project = col(TargetRow.project_code) == col(ProjectRow.project_code)
    of_it = (
        select(
            TargetRow.project_code,
            TargetRow.project_name,
            TargetVersionRow.annual_goal,
            TargetVersionRow.indicators_json,
        )
        .where(
            promised,
            of_project,
            col(ProjectRow.status) != ProjectStatus.TERMINATED.value,
            col(TargetRow.status) != TargetStatus.REJECTED.value,
            col(TargetVersionRow.target_version) == DRAFT_VERSION,
            col(TargetRow.unit_code) == unit_code,
            col(TargetRow.fiscal_year) == fiscal_year,
        )
        .order_by(col(TargetRow.target_id))
    )
    return of_it.limit(OTHERS_MAX + 1)


def with_quality[Q](rows: Q, least: int | None, most: int | None) -> Q:
    """The targets whose quality score lies between the two, both inclusive."""
    narrow: Any = rows
    if least is not None:
        narrow = narrow.where(col(TargetRow.quality_score) >= least)
    if most is not None:
        narrow = narrow.where(col(TargetRow.quality_score) <= most)
    found: Q = narrow
    return found
