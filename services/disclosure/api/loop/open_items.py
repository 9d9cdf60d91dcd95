"""Loose ends: everything without an end state, how old it is, whose turn it is, what is next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from services.disclosure.api.report.asked import Listed, Standing, standing
from services.disclosure.api.report.items import figure_of
from services.disclosure.api.spans import Today
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.projections.loose_ends import LOOSE_ENDS, Loose, Wanted
from services.disclosure.projections.span import Span
from shared.http.pages import PageRequest, Paging
from shared.http.policy import Role
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Loop"])

SHOWN_MAX: Final = 20
RED: Final = "RED"


class OpenKind(StrEnum):
    """Why something is still open."""

    WARNING_OPEN = "WARNING_OPEN"
    LETTER_OPEN = "LETTER_OPEN"
    FINDING_OPEN = "FINDING_OPEN"
    RECOVERY_NOT_BOOKED = "RECOVERY_NOT_BOOKED"
    CUT_NOT_WRITTEN = "CUT_NOT_WRITTEN"
    ADJUSTMENT_OPEN = "ADJUSTMENT_OPEN"
    DISCLOSURE_OVERDUE = "DISCLOSURE_OVERDUE"
    DISCLOSURE_OWED = "DISCLOSURE_OWED"
    BULLETIN_OVERDUE = "BULLETIN_OVERDUE"
    TARGET_MISSING = "TARGET_MISSING"
    SELF_EVALUATION_MISSING = "SELF_EVALUATION_MISSING"


class ItemLevel(StrEnum):
    """How serious; only warnings, letters and findings have a level."""

    BLUE = "BLUE"
    YELLOW = "YELLOW"
    RED = "RED"


class OpenCount(BaseModel):
    """How much is open of one kind."""

    kind: OpenKind
    label: str
    count: int
    red: int
    overdue: int


class OpenItem(BaseModel):
    """One loose end."""

    kind: OpenKind
    id: str = Field(examples=["KS-2021-M08-0001"])
    level: str = Field(default="", examples=["RED"])
    region_code: str
    unit_code: str
    project_code: str
    opened_on: date | None
    due_on: date | None
    age_days: int | None = Field(description="Days since it came up; absent where it has no day.")
    overdue: bool
    owner: Role = Field(description="The office whose turn it is.")
    owner_zh: str
    next_step: str
    next_step_en: str


class OpenLoop(Standing):
    """Everything that is open; nothing after a clean year."""

    fiscal_year: int
    count: int
    red: int
    counts: list[OpenCount]
    items: list[OpenItem] = Field(
        description="The first of each kind; of one kind that is asked for, page by page."
    )
    next: str | None = Field(default=None, examples=[None])


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, and what they do next."""

    owner: Role
    step: str
    step_en: str


OFFICES: Final[Mapping[Role, str]] = {
    Role.UNIT_BUSINESS: "单位业务科室",
    Role.UNIT_HEAD: "单位负责人",
    Role.FB_BUSINESS: "财政局业务科室",
    Role.FB_PERFORMANCE: "财政局绩效科",
    Role.FB_BUDGET: "财政局预算科",
    Role.FB_TREASURY: "财政局国库科",
}


def _warning(row: Any) -> Turn:  # noqa: ANN401 - a row of the register
    if row.letter_no is None:
        return Turn(Role.FB_BUSINESS, "起草并签发《预警纠偏告知函》", "Draft and issue the letter")
    return Turn(Role.UNIT_HEAD, "按函整改并提交佐证", "Put it right and prove it")


def _letter(_row: Any) -> Turn:  # noqa: ANN401 - a row of the register
    return Turn(Role.UNIT_HEAD, "提交整改结果，由两个科室核实", "Report the cure for verification")


def _finding(row: Any) -> Turn:  # noqa: ANN401 - a row of the register
    if row.source == "TREASURY":
        return Turn(Role.FB_TREASURY, "核对国库数据并处理差异", "Resolve the treasury line")
    return Turn(Role.FB_BUSINESS, "核实资金问题并作出判断", "Judge the finding")


def _recovery(row: Any) -> Turn:  # noqa: ANN401 - a row of the register
    if row.status == "FAILED":
        return Turn(Role.FB_BUSINESS, "收回未成，重新提出收回", "Propose the recovery anew")
    return Turn(Role.FB_TREASURY, "收回入账", "Book the recovery")


def _always(turn: Turn) -> Callable[[Any], Turn]:
    return lambda _row: turn


TURNS: Final[Mapping[OpenKind, Callable[[Any], Turn]]] = {
    OpenKind.WARNING_OPEN: _warning,
    OpenKind.LETTER_OPEN: _letter,
    OpenKind.FINDING_OPEN: _finding,
    OpenKind.RECOVERY_NOT_BOOKED: _recovery,
    OpenKind.CUT_NOT_WRITTEN: _always(
        Turn(Role.FB_BUDGET, "写入预算批复", "Write the cut into the budget")
    ),
    OpenKind.ADJUSTMENT_OPEN: _always(
        Turn(Role.FB_PERFORMANCE, "审核资金与目标的同步调整", "Review money and target together")
    ),
    OpenKind.DISCLOSURE_OVERDUE: _always(
        Turn(Role.UNIT_HEAD, "补公开并说明原因", "Publish it and say why it is late")
    ),
    OpenKind.DISCLOSURE_OWED: _always(
        Turn(Role.UNIT_BUSINESS, "编制、保密审查并按期公开", "Prepare, review and publish in time")
    ),
    OpenKind.BULLETIN_OVERDUE: _always(
        Turn(Role.FB_PERFORMANCE, "发布当月月报", "Issue the bulletin of the month")
    ),
    OpenKind.TARGET_MISSING: _always(
        Turn(Role.UNIT_BUSINESS, "申报绩效目标", "Submit a performance target")
    ),
    OpenKind.SELF_EVALUATION_MISSING: _always(
        Turn(Role.UNIT_BUSINESS, "开展绩效自评", "Evaluate the project")
    ),
}


def wanted(
    level: ItemLevel | None = None,
    unit: Annotated[str, Query(max_length=100)] = "",
    project: Annotated[str, Query(max_length=100)] = "",
    *,
    overdue: Annotated[bool | None, Query(description="Past its day, or not yet.")] = None,
) -> Wanted:
    """Which loose ends are asked for."""
    return Wanted(
        level=level.value if level else "",
        unit_code=unit,
        project_code=project,
        overdue=overdue,
    )


WantedItems = Annotated[Wanted, Depends(wanted)]


@router.get("/loop/open-items", operation_id="list_open_items")
async def list_open_items(  # noqa: PLR0913, PLR0917 - the parameters of a question
    read: Reading,
    day: Today,
    span: Listed,
    asked: WantedItems,
    page: PageRequest,
    kind: OpenKind | None = None,
) -> OpenLoop:
    """The loose ends of a year with age, office and next step; the empty kinds left out."""
    kinds = [kind] if kind else list(OpenKind)
    counts = [await _count(read, span, one, asked) for one in kinds]
    items, following = await _items(read, span, kinds, asked, page)
    return OpenLoop(
        **(await standing(read, span, day)).model_dump(),
        fiscal_year=span.fiscal_year,
        count=sum(one.count for one in counts),
        red=sum(one.red for one in counts),
        counts=[one for one in counts if one.count],
        items=items,
        next=following,
    )


async def _count(read: Read, span: Span, kind: OpenKind, asked: Wanted) -> OpenCount:
    loose = LOOSE_ENDS[kind.value]
    red = replace(asked, level=RED) if asked.level in {"", RED} else None
    late = replace(asked, overdue=True) if asked.overdue is not False else None
    return OpenCount(
        kind=kind,
        label=VOCABULARY["OpenItem"][kind.value][0],
        count=await figure_of(read, span, loose.counted(asked)),
        red=await figure_of(read, span, loose.counted(red)) if red else 0,
        overdue=await figure_of(read, span, loose.counted(late)) if late else 0,
    )


async def _items(
    read: Read, span: Span, kinds: list[OpenKind], asked: Wanted, page: Paging
) -> tuple[list[OpenItem], str | None]:
    if len(kinds) == 1:
        [kind] = kinds
        loose = LOOSE_ENDS[kind.value]
        found = await read.page(
            loose.wanted(span, asked), page, into=lambda row: open_item(row, kind, loose, span)
        )
        return found.items, found.next
    items = []
    for kind in kinds:
        loose = LOOSE_ENDS[kind.value]
        rows = await read.all(_oldest(loose, span, asked))
        items += [open_item(row, kind, loose, span) for row in rows]
    return items, None


def _oldest(loose: Loose, span: Span, asked: Wanted) -> Any:  # noqa: ANN401 - rows of any register
    columns = [getattr(loose.table, name) for name in (loose.opened, loose.name) if name]
    return loose.wanted(span, asked).order_by(*columns).limit(SHOWN_MAX)


def open_item(row: Any, kind: OpenKind, loose: Loose, span: Span) -> OpenItem:  # noqa: ANN401
    """A row of a register as a loose end."""
    opened: date | None = getattr(row, loose.opened) if loose.opened else None
    due: date | None = getattr(row, loose.due) if loose.due else None
    turn = TURNS[kind](row)
    return OpenItem(
        kind=kind,
        id=str(getattr(row, loose.name)),
        level=str(getattr(row, loose.level)) if loose.level else "",
        region_code=row.region_code,
        unit_code=str(getattr(row, "unit_code", "")),
        project_code=str(getattr(row, "project_code", "")),
        opened_on=opened,
        due_on=due,
        age_days=(span.as_of - opened).days if opened else None,
        overdue=due is not None and due < span.as_of,
        owner=turn.owner,
        owner_zh=OFFICES[turn.owner],
        next_step=turn.step,
        next_step_en=turn.step_en,
    )
