"""Lists and counts of comments: of a region and those below, of a matter, a state, a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from services.disclosure.domain.comment import (
    AnswerComment,
    Filing,
    MarkCommentOverdue,
    PublishComment,
    RecordComment,
    RejectComment,
)
from services.disclosure.domain.comment.values import About, CommentChannel, RejectionReason
from shared.http.policy import Role
from tests.disclosure.first_year import CITY, KASHGAR, PUBLISHER, A, C
from tests.disclosure.library_acts import YEAR, Bureau, tomorrow
from tests.disclosure.test_comment_http import NOW, REASON, filed, ready, reopened
from tests.disclosure.world import World, world

ELSEWHERE: Final = "652900"
DUE: Final = date(2021, 3, 22)
AFTER: Final = datetime(2021, 3, 23, 2, tzinfo=NOW.tzinfo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A comment that the office entered, and what became of it."""

    number: str
    region: str = KASHGAR
    about: About = About.NOTHING
    about_id: str = ""
    day: date = date(2021, 3, 1)
    shown: bool = False
    rejected: RejectionReason | None = None
    answered: date | None = None
    marked: bool = False

    def commands(self) -> list[Any]:
        """Entered, decided on, told to be late, answered."""
        who: dict[str, Any] = {"by": PUBLISHER, "now": NOW}
        one: dict[str, Any] = {"case_number": self.number, **who}
        late = {**one, "now": AFTER}
        filing = Filing(
            case_number=self.number,
            region_code=self.region,
            unit_code=A.unit,
            about=self.about,
            about_id=self.about_id,
            text=f"请公开绩效目标{self.number}",
            channel=CommentChannel.LETTER,
            received_on=self.day,
        )
        done: list[Any] = [RecordComment(filing=filing, contact=None, **who)]
        if self.shown:
            done.append(PublishComment(redactions=(), unit_code=None, **one))
        if self.rejected is not None:
            done.append(RejectComment(reason=self.rejected, explanation="无关", **one))
        if self.marked:
            done.append(MarkCommentOverdue(**late))
        if self.answered is not None:
            at = datetime.combine(self.answered, NOW.timetz())
            done.append(AnswerComment(text="已公开。", **{**one, "now": at}))
        return done


UNIT: Final[dict[str, Any]] = {"about": About.UNIT, "about_id": A.unit}
OTHER_UNIT: Final[dict[str, Any]] = {"about": About.UNIT, "about_id": C.unit}
PROJECT: Final[dict[str, Any]] = {"about": About.PROJECT, "about_id": A.unit}  # the same number
LISTED: Final = (
    Case(number="K-UNIT", shown=True, **UNIT),
    Case(number="K-OTHER", shown=True, answered=DUE, **OTHER_UNIT),
    Case(number="K-PROJECT", shown=True, **PROJECT),
    Case(number="K-HIDDEN", **UNIT),
    Case(number="K-REFUSED", rejected=RejectionReason.UNRELATED, **UNIT),
    Case(number="C-UNIT", region=CITY, shown=True, answered=DUE, **UNIT),
    Case(number="C-NEXT", region="653102", shown=True),
    Case(number="E-UNIT", region=ELSEWHERE, shown=True, **UNIT),
)
ALL_SHOWN: Final = {"K-UNIT", "K-OTHER", "K-PROJECT", "C-UNIT", "C-NEXT", "E-UNIT"}
EVERY: Final = {one.number for one in LISTED}
OF_KASHGAR: Final = {"K-UNIT", "K-OTHER", "K-PROJECT"}
ASKED: Final = {
    "": (ALL_SHOWN, EVERY),
    f"region={KASHGAR}": (ALL_SHOWN - {"E-UNIT"}, EVERY - {"E-UNIT"}),
    f"region={KASHGAR}&scope=self": (OF_KASHGAR, OF_KASHGAR | {"K-HIDDEN", "K-REFUSED"}),
    f"region={CITY}": ({"C-UNIT"}, {"C-UNIT"}),
    f"region={ELSEWHERE}": ({"E-UNIT"}, {"E-UNIT"}),
    "region=653": (set(), set()),
    "about=UNIT": (
        {"K-UNIT", "K-OTHER", "C-UNIT", "E-UNIT"},
        EVERY - {"K-PROJECT", "C-NEXT"},
    ),
    "about=NOTHING": ({"C-NEXT"}, {"C-NEXT"}),
    f"about_id={A.unit}": (
        {"K-UNIT", "K-PROJECT", "C-UNIT", "E-UNIT"},
        EVERY - {"K-OTHER", "C-NEXT"},
    ),
    f"about=UNIT&about_id={C.unit}": ({"K-OTHER"}, {"K-OTHER"}),
    "status=ANSWERED": ({"K-OTHER", "C-UNIT"}, {"K-OTHER", "C-UNIT"}),
    "status=PUBLISHED": (ALL_SHOWN - {"K-OTHER", "C-UNIT"},) * 2,
    "status=FILED": (set(), {"K-HIDDEN"}),
    "status=REJECTED": (set(), {"K-REFUSED"}),
    f"region={KASHGAR}&about=UNIT&status=ANSWERED": ({"K-OTHER", "C-UNIT"},) * 2,
}


async def numbers(here: World, path: str, token: Mapping[str, str] | None = None) -> set[str]:
    """The case numbers of a list; each stands in it once."""
    answer = await here.client.get(path, headers=token)
    assert answer.status_code == 200, answer.text
    found = [one["case_number"] for one in answer.json()["items"]]
    assert len(found) == len(set(found))
    return set(found)


async def test_a_list_has_what_is_of_its_place_its_matter_and_its_state(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, AFTER) as here:
        await ready(here)
        await here.given(*(step for one in LISTED for step in one.commands()))
        above = here.tokens.of(Role.FB_PERFORMANCE, region="650000")
        found = {
            asked: (
                await numbers(here, f"/v1/comments?{asked}&limit=100"),
                await numbers(here, f"/v1/comments/desk?{asked}&limit=100", above),
            )
            for asked in ASKED
        }
        assert found == ASKED
        own = here.tokens.of(Role.FB_PERFORMANCE, region=KASHGAR)
        assert await numbers(here, "/v1/comments/desk?limit=100", own) == EVERY - {"E-UNIT"}


COUNTED: Final = (
    Case(number="IN-TIME", shown=True, answered=DUE),
    Case(number="A-DAY-LATE", shown=True, answered=DUE + timedelta(days=1)),
    Case(number="TOLD-TO-BE-LATE", shown=True, marked=True, answered=DUE + timedelta(days=1)),
    Case(number="SHOWN", shown=True),
    Case(number="SHOWN-LATE", shown=True, marked=True),
    Case(number="WAITING"),
    Case(number="WAITING-LATE", marked=True),
    Case(number="FIRST-DAY", day=date(2021, 1, 1)),
    Case(number="UNRELATED", rejected=RejectionReason.UNRELATED),
    Case(number="OF-THE-CITY", region=CITY, rejected=RejectionReason.REPEATED),
    Case(number="AGAIN", region=CITY, rejected=RejectionReason.REPEATED),
)
NOT_COUNTED: Final = tuple(
    Case(number=f"{name}-{kind}", **where, **more)
    for name, where in (
        ("ELSEWHERE", {"region": ELSEWHERE}),
        ("BEFORE", {"day": date(2020, 12, 31)}),
    )
    for kind, more in (
        ("WAITING", {}),
        ("SHOWN", {"shown": True}),
        ("ANSWERED", {"shown": True, "answered": DUE}),
        ("LATE", {"shown": True, "marked": True}),
        ("REJECTED", {"rejected": RejectionReason.ABUSIVE}),
    )
)


async def test_the_comments_of_a_year_and_a_place_are_counted_by_how_they_went(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, AFTER) as here:
        await ready(here)
        for one in (*COUNTED, *NOT_COUNTED):
            await here.given(*one.commands())
        told = await here.get(f"/v1/comments/statistics?{YEAR}")
        rejected = {code: number for code, number in told.pop("rejected_for").items() if number}
        assert rejected == {"UNRELATED": 1, "REPEATED": 2}
        assert told == {
            "year": 2021,
            "filed": 11,
            "waiting": 3,
            "shown": 5,
            "rejected": 3,
            "answered": 3,
            "answered_in_time": 1,
            "overdue": 2,
        }
        of_city = f"/v1/comments/statistics?region={CITY}&fiscal_year=2021"
        assert (await here.get(of_city))["filed"] == 2
        alone = await here.get(f"/v1/comments/statistics?{YEAR}&scope=self")
        assert (alone["filed"], alone["rejected"]) == (9, 1)
        early = await here.get(f"/v1/comments/statistics?{YEAR}&effective_at=2021-02-28")
        assert (early["filed"], early["waiting"]) == (1, 1)


async def test_a_contact_opens_for_the_last_look_of_whoever_looked_and_for_no_other_case(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        bureau = Bureau(here)
        first = (await filed(here))["case_number"]
        other = (await filed(here, text="另一件事情", contact="13912345678"))["case_number"]
        await bureau.post(f"/v1/comments/{first}/reveal-contact", REASON)
        await bureau.read(f"/v1/comments/{other}/contact", bureau.drafter, 404)
        here.clock.moment = NOW + timedelta(minutes=11)
        await bureau.post(f"/v1/comments/{other}/reveal-contact", REASON)
        await bureau.read(f"/v1/comments/{first}/contact", bureau.drafter, 404)
        await bureau.post(f"/v1/comments/{first}/reveal-contact", REASON)
        await bureau.post(f"/v1/comments/{first}/reveal-contact", REASON, who=bureau.reviewer)
        here.clock.moment = NOW + timedelta(minutes=20)
        seen = [
            (await bureau.read(f"/v1/comments/{case}/contact", bureau.drafter))["contact"]
            for case in (first, other)
        ]
        assert seen == ["13812345678", "13912345678"]


async def test_a_follow_up_has_a_text_a_term_and_an_answer_of_its_own(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        bureau = Bureau(here)
        receipt = await filed(here, text="请公开绩效目标")
        case = f"/v1/comments/{receipt['case_number']}"
        await bureau.post(f"{case}/publish", {})
        await bureau.post(f"{case}/answer", {"text": "已公开。"})
        await reopened(here, receipt, "哪一天公开的？")
        await bureau.post(f"{case}/publish", {})
        await tomorrow(here, DUE + timedelta(days=1))
        await bureau.post(f"{case}/answer", {"text": "三月二日。"})
        told = await here.get(case)
        named = ("round", "text", "answer", "overdue", "status")
        assert [tuple(one[name] for name in named) for one in told["exchanges"]] == [
            (1, "请公开绩效目标", "已公开。", False, "ANSWERED"),
            (2, "哪一天公开的？", "三月二日。", True, "ANSWERED"),
        ]
        (listed,) = (await here.get("/v1/comments"))["items"]
        assert listed == told
