"""Where each of the 43 figures comes from, item by item."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlmodel import col

from services.disclosure.api.report.items import Few, FigureItem, Rows, Rule, rule_of
from services.disclosure.api.report.year import Year
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.values import PressLevel, Step
from services.disclosure.projections.article_register import adoptions, articles
from services.disclosure.projections.bulletin_register import BulletinRow, bulletins
from services.disclosure.projections.counted import Counted
from services.disclosure.projections.cut_register import cuts
from services.disclosure.projections.disclosure_register import (
    DisclosureRow,
    covered_items,
)
from services.disclosure.projections.ex_ante_register import assessments
from services.disclosure.projections.external_ranks import (
    ExternalRankRow,
    counties_listed,
    own_rank,
)
from services.disclosure.projections.external_scores import (
    ExternalScoreRow,
    self_evaluation_review,
    target_review,
)
from services.disclosure.projections.idea_register import ideas
from services.disclosure.projections.library_register import LibraryRow, libraries
from services.disclosure.projections.policy_questions import policies_in_force
from services.disclosure.projections.project_register import (
    ProjectRow,
    projects_arranged,
    projects_with_target,
)
from services.disclosure.projections.recovery_register import recoveries
from services.disclosure.projections.round_register import RoundRow, rounds
from services.disclosure.projections.span import Span
from services.disclosure.projections.training_register import TrainingRow, trainings
from services.disclosure.projections.warning_register import WarningRow, warnings

type Source = Rows | Few[Year]


def _project_told(row: ProjectRow, span: Span) -> str:
    return "1" if row.approved_on and row.approved_on <= span.as_of else "0"


def _item_told(row: DisclosureRow, span: Span) -> str:
    """Published, owed, or validly withheld: then it is in neither part of the share."""
    if row.published_on and row.published_on <= span.as_of:
        return "1"
    return "" if row.expires_on and row.expires_on >= span.as_of else "0"


def _steps(year: Year) -> Sequence[FigureItem]:
    labels = VOCABULARY["Step"]
    return [
        FigureItem(
            id=step.value,
            counts=labels[step.value][0],
            value="0" if step in year.steps_without_policy else "1",
        )
        for step in Step
    ]


def _channels(year: Year) -> Sequence[FigureItem]:
    return [FigureItem(id=channel, counts=channel) for channel in year.channels]


def _counted(rows: Counted) -> Rows:
    return Rows(rule=rule_of(rows), counted=rows)


def _assessed(grade: str | None = None, by: str = "", amount: str = "") -> Rows:
    return _counted(
        Counted(
            rows=lambda span: assessments(span, grade),
            name="project_code",
            by=by,
            amount=amount,
            day="assessed_on",
        )
    )


def _library(name: str, column: str) -> Rows:
    return Rows(
        rule=Rule.VALUE,
        counted=Counted(
            rows=lambda span: libraries(span, name), name="library", amount=column,
            day="published_on",
        ),
        order=(col(LibraryRow.region_code).desc(), col(LibraryRow.library_version).desc()),
    )  # fmt: skip


def _promised(amount: str = "") -> Rows:
    rows = Counted(rows=projects_with_target, name="project_code", amount=amount, day="approved_on")
    return _counted(rows)


def _rounds(column: str) -> Rows:
    return Rows(
        rule=Rule.LIST,
        counted=Counted(rows=rounds, name="node", by=column, day=column),
        says=lambda row, _span: getattr(row, column).isoformat(),
        order=(RoundRow.cut_off_on,),
    )


def _recovered(by: str = "", amount: str = "") -> Rows:
    return _counted(
        Counted(rows=recoveries, name="recovery_id", by=by, amount=amount, day="booked_on")
    )


def _cut(by: str = "", amount: str = "") -> Rows:
    return _counted(Counted(rows=cuts, name="cut_id", by=by, amount=amount, day="confirmed_on"))


def _adopted(level: PressLevel | None = None) -> Rows:
    """Article-times: the same article counts once for every outlet."""
    return _counted(
        Counted(
            rows=lambda span: adoptions(span, level.value if level else None),
            name="article_id",
            day="adopted_on",
            each=True,
        )
    )


def _channel_label(row: TrainingRow, _span: Span) -> str:
    return VOCABULARY["TrainingChannel"][row.channel][0]


def _issued_level(row: WarningRow, _span: Span) -> str:
    return row.issued_level


def _score(row: ExternalScoreRow, _span: Span) -> str:
    return format(row.score, "f")


def _score_rank(row: ExternalScoreRow, _span: Span) -> str:
    return "" if row.rank is None else str(row.rank)


def _rank(row: ExternalRankRow, _span: Span) -> str:
    return "" if row.rank is None else str(row.rank)


_TARGET_REVIEW: Final = Counted(rows=target_review, name="document_no")
_TOLD_MONTHS: Final = Counted(
    rows=lambda span: bulletins(span).where(span.told(BulletinRow.issued_on)),
    name="bulletin_id",
    by="month",
    day="issued_on",
)
_HELD: Final = Counted(rows=trainings, name="session_id", day="held_on")

SOURCES: Final[Mapping[str, Source]] = {
    "F01": Rows(
        rule=Rule.VALUE,
        counted=Counted(rows=own_rank, name="document_no", by="subject"),
        says=_rank,
        order=(col(ExternalRankRow.period).desc(),),
    ),
    "F02": _counted(Counted(rows=counties_listed, name="document_no", by="subject")),
    "F03": _counted(Counted(rows=policies_in_force, name="policy_id", day="effective_on")),
    "F04": Few(rule=Rule.SHARE, items=_steps),
    "F05": _assessed(by="unit_code"),
    "F06": _assessed(),
    "F07": _assessed(amount="requested_fen"),
    "F08": _assessed("EXCELLENT"),
    "F09": _assessed("GOOD"),
    "F10": _assessed(amount="reduced_fen"),
    "F11": _library("XJ_INDUSTRY", "classes"),
    "F12": _library("XJ_INDUSTRY", "entries"),
    "F13": _library("XJ_MODEL_CASE", "classes"),
    "F14": _library("XJ_MODEL_CASE", "entries"),
    "F15": _library("KS_CORE", "classes"),
    "F16": _library("KS_CORE", "entries"),
    "F17": _promised(),
    "F18": _promised("approved_fen"),
    "F19": Rows(
        rule=Rule.SHARE,
        counted=Counted(rows=projects_arranged, name="project_code", day="approved_on"),
        says=_project_told,
    ),
    "F20": _rounds("cut_off_on"),
    "F21": _rounds("pre_analysis_on"),
    "F22": Rows(
        rule=Rule.LIST,
        counted=Counted(rows=warnings, name="warning_id", by="issued_level", day="issued_on"),
        says=_issued_level,
    ),
    "F23": Rows(
        rule=Rule.VALUE,
        counted=Counted(rows=self_evaluation_review, name="document_no"),
        says=_score,
    ),
    "F24": Rows(rule=Rule.VALUE, counted=_TARGET_REVIEW, says=_score),
    "F25": Rows(rule=Rule.VALUE, counted=_TARGET_REVIEW, says=_score_rank),
    "F26": _recovered(by="unit_code"),
    "F27": _recovered(by="project_code"),
    "F28": _recovered(amount="amount_fen"),
    "F29": _cut(by="unit_code"),
    "F30": _cut(by="project_code"),
    "F31": _cut(amount="amount_fen"),
    "F32": Few(rule=Rule.COUNT, items=_channels),
    "F33": Rows(
        rule=Rule.SHARE,
        counted=Counted(rows=covered_items, name="item_id", day="published_on"),
        says=_item_told,
        group="kind",
    ),
    "F34": _counted(_TOLD_MONTHS),
    "F35": _adopted(),
    "F36": _adopted(PressLevel.MINISTRY),
    "F37": _adopted(PressLevel.REGION),
    "F38": _adopted(PressLevel.LOCAL_MEDIA),
    "F39": _counted(
        Counted(
            rows=lambda span: articles(span, featured=True), name="article_id", day="written_on"
        )
    ),
    "F40": _counted(_HELD),
    "F41": Rows(
        rule=Rule.SUM,
        counted=Counted(rows=trainings, name="session_id", amount="person_times", day="held_on"),
    ),
    "F42": Rows(rule=Rule.LIST, counted=_HELD, says=_channel_label),
    "F43": _counted(Counted(rows=ideas, name="idea_id", by="text", day="declared_on")),
}
