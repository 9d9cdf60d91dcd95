"""Every state of a document on the days around its dates; the list and the counts agree on it."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Final

from services.disclosure.domain.policy import (
    AmendPolicy,
    Document,
    DraftPolicy,
    IssuePolicy,
    MapPolicyStep,
    RepealPolicy,
    ReviewPolicyLegality,
    RevisePolicy,
    SupersedePolicy,
    UnmapPolicyStep,
)
from services.disclosure.domain.values import Layer, Step
from services.disclosure.projections.policy_questions import PolicyStatus
from tests.disclosure.first_year import CITY, KASHGAR, PREPARER, PUBLISHER
from tests.disclosure.library_acts import YEAR
from tests.disclosure.world import AFTERWARDS, World, world

ELSEWHERE: Final = "652900"
BY: Final[dict[str, Any]] = {"by": PUBLISHER, "now": AFTERWARDS}
BEGIN, AMENDED, END = date(2021, 3, 1), date(2021, 6, 1), date(2021, 9, 1)


def drafted(name: str, region: str = KASHGAR, **changed: Any) -> Document:  # noqa: ANN401 - fields
    """A document about targets, of the layer N."""
    about: dict[str, Any] = {
        "layer": Layer.N,
        "title": f"{name}办法",
        "document_no": f"〔2021〕{name}号",
        "issuer": "财政局",
        "steps": (Step.TARGET,),
    }
    return Document(policy_id=name, region_code=region, **{**about, **changed})


def reviewed(document: Document, *, passed: bool = True) -> list[Any]:
    """Drafted by one, reviewed by another."""
    name = document.policy_id
    review = ReviewPolicyLegality(policy_id=name, passed=passed, opinion="意见", **BY)
    return [DraftPolicy(document=document, by=PREPARER, now=AFTERWARDS), review]


def issued(document: Document, begin: date = BEGIN) -> list[Any]:
    """Reviewed and issued, in force from a day on."""
    days: dict[str, Any] = {"issued_on": date(2021, 1, 4), "effective_on": begin}
    return [*reviewed(document), IssuePolicy(policy_id=document.policy_id, **days, **BY)]


def amended(name: str, day: date = AMENDED, *steps: Step, text: str = "") -> AmendPolicy:
    """Another text binds from a day on."""
    said: dict[str, Any] = {"summary": "修订", "effective_on": day, "text_sha256": text}
    return AmendPolicy(policy_id=name, steps=steps or (Step.TARGET,), **said, **BY)


def repealed(name: str, day: date = END) -> RepealPolicy:
    """It ends without a successor."""
    return RepealPolicy(policy_id=name, reason="过时", ends_on=day, **BY)


def superseded(name: str, day: date = END) -> SupersedePolicy:
    """It ends for another one."""
    return SupersedePolicy(policy_id=name, superseded_by="HOLDS", ends_on=day, **BY)


def documents() -> list[Any]:
    """One in every state, and one that ended on the day on which it began."""
    anew: dict[str, Any] = {"layer": Layer.N, "steps": (Step.TARGET,), "text_sha256": ""}
    revised = RevisePolicy(policy_id="REVISED", title="改后办法", supersedes=(), **anew, **BY)
    return [
        DraftPolicy(document=drafted("DRAFTED"), by=PREPARER, now=AFTERWARDS),
        *reviewed(drafted("REFUSED"), passed=False),
        *reviewed(drafted("REVIEWED")),
        *reviewed(drafted("REVISED")),
        revised,
        *issued(drafted("HOLDS")),
        *issued(drafted("AMENDED")),
        amended("AMENDED"),
        *issued(drafted("REPLACED")),
        superseded("REPLACED"),
        *issued(drafted("REPEALED")),
        amended("REPEALED"),
        repealed("REPEALED"),
        *issued(drafted("NEVER")),
        repealed("NEVER", BEGIN),
        *issued(drafted("GONE")),
        amended("GONE", date(2021, 10, 1)),
        superseded("GONE"),
    ]


UNISSUED: Final = {
    "DRAFTED": "DRAFT",
    "REFUSED": "DRAFT",
    "REVIEWED": "LEGALITY_REVIEWED",
    "REVISED": "DRAFT",
}
WAITING: Final = dict.fromkeys(
    ("HOLDS", "AMENDED", "REPLACED", "REPEALED", "NEVER", "GONE"), "ISSUED"
)
SPRING: Final = {
    "HOLDS": "EFFECTIVE",
    "AMENDED": "AMENDED",
    "REPLACED": "EFFECTIVE",
    "REPEALED": "AMENDED",
    "NEVER": "REPEALED",
    "GONE": "AMENDED",
}
SUMMER: Final = {**SPRING, "AMENDED": "EFFECTIVE", "REPEALED": "EFFECTIVE"}
AUTUMN: Final = {
    **SUMMER, "REPLACED": "SUPERSEDED", "REPEALED": "REPEALED", "GONE": "SUPERSEDED",
}  # fmt: skip
STATES: Final = {
    "2021-01-01": WAITING,
    "2021-02-28": WAITING,
    "2021-03-01": SPRING,
    "2021-05-31": SPRING,
    "2021-06-01": SUMMER,
    "2021-08-31": SUMMER,
    "2021-09-01": AUTUMN,
    "2021-10-01": AUTUMN,
    "2021-12-31": AUTUMN,
}


async def listed(here: World, asked: str) -> dict[str, str]:
    """The documents of a list with their states."""
    found = (await here.get(f"/v1/policies?limit=100&{asked}"))["items"]
    return {one["policy_id"]: one["status"] for one in found}


async def test_a_document_is_in_one_state_on_each_day_and_found_by_it(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.given(*documents())
        for day, states in STATES.items():
            asked = f"{YEAR}&effective_at={day}"
            every = {**UNISSUED, **states}
            assert await listed(here, asked) == every, day
            for status in PolicyStatus:
                those = {name: one for name, one in every.items() if one == status}
                assert await listed(here, f"{asked}&status={status}") == those, (day, status)
            binding = {name for name, one in every.items() if one in {"EFFECTIVE", "AMENDED"}}
            assert set(await listed(here, f"{asked}&in_force=true")) == binding, day
            told = await here.get(f"/v1/policies/statistics?{asked}")
            assert told["by_status"] == {s: Counter(every.values())[s] for s in PolicyStatus}
            assert (told["count"], told["by_layer"]["N"]) == (len(binding), len(binding))
        whole = await here.get("/v1/policies/REVISED")
        assert (whole["status"], whole["title"], whole["steps"]) == (
            "DRAFT",
            "改后办法",
            ["TARGET"],
        )
        on_its_day = await here.get("/v1/policies/REPEALED?effective_at=2021-08-31")
        assert on_its_day["status"] == "EFFECTIVE"


def elsewhere() -> list[Any]:
    """Documents of the county and of another region, of other layers and steps."""
    several: dict[str, Any] = {"layer": Layer.ONE, "steps": (Step.TARGET, Step.MONITORING)}
    return [
        *issued(drafted("K-1", **several)),
        *issued(drafted("K-2", layer=Layer.TWO, steps=(Step.EVALUATION,))),
        *issued(drafted("K-N")),
        *issued(drafted("K-OVER", layer=Layer.TWO, steps=(Step.DISCLOSURE,))),
        repealed("K-OVER"),
        *reviewed(drafted("K-DRAFT", steps=(Step.EX_ANTE,))),
        *issued(drafted("C-N", CITY, steps=(Step.EX_ANTE,))),
        *issued(drafted("E-N", ELSEWHERE, steps=(Step.TARGET, Step.DISCLOSURE))),
    ]


async def test_a_list_has_what_is_of_its_place_its_layer_and_its_step(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path) as here:
        await here.given(*elsewhere())
        every = {"K-1", "K-2", "K-N", "K-OVER", "K-DRAFT", "C-N"}
        expected = {
            YEAR: every,
            f"{YEAR}&scope=self": every - {"C-N"},
            f"region={CITY}&fiscal_year=2021": {"C-N"},
            f"{YEAR}&layer=ONE": {"K-1"},
            f"{YEAR}&layer=TWO": {"K-2", "K-OVER"},
            f"{YEAR}&step=TARGET": {"K-1", "K-N"},
            f"{YEAR}&step=EX_ANTE": {"K-DRAFT", "C-N"},
            f"{YEAR}&step=DISCLOSURE": {"K-OVER"},
            f"{YEAR}&step=DISCLOSURE&in_force=true": set(),
            f"{YEAR}&step=TARGET&layer=N": {"K-N"},
            f"{YEAR}&step=EX_ANTE&status=EFFECTIVE": {"C-N"},
            f"{YEAR}&q=K-": every - {"C-N"},
        }
        assert {asked: set(await listed(here, asked)) for asked in expected} == expected
        told = await here.get(f"/v1/policies/statistics?{YEAR}")
        assert (told["count"], told["by_layer"]) == (4, {"ONE": 1, "TWO": 1, "N": 2})
        alone = await here.get(f"/v1/policies/statistics?{YEAR}&scope=self")
        assert (alone["count"], alone["by_layer"]) == (3, {"ONE": 1, "TWO": 1, "N": 1})
        figures = await here.figures(KASHGAR, 2021)
        assert (figures["F03"], figures["F04"]) == ("4", "0.3333")
        path = f"/v1/annual-reports/{KASHGAR}/2021/figures/F03/items"
        named = {one["id"] for one in (await here.get(path))["items"]}
        assert named == {"K-1", "K-2", "K-N", "C-N"}
        ruled = await here.get(f"/v1/policies/step-coverage?{YEAR}")
        assert {one["step"]: one["policies"] for one in ruled["steps"] if one["policies"]} == {
            "EX_ANTE": ["C-N"],
            "TARGET": ["K-1", "K-N"],
            "MONITORING": ["K-1"],
            "EVALUATION": ["K-2"],
        }


async def test_the_last_word_about_a_step_counts_from_its_day_on(
    database: str, tmp_path: Path
) -> None:
    target, other, more = Step.TARGET, Step.MONITORING, Step.EVALUATION
    async with world(database, tmp_path) as here:
        await here.given(
            *issued(drafted("P", text_sha256="a" * 64)),
            MapPolicyStep(policy_id="P", step=other, from_on=date(2021, 4, 1), **BY),
            UnmapPolicyStep(policy_id="P", step=other, from_on=date(2021, 5, 1), **BY),
            amended("P", AMENDED, target, more),
            MapPolicyStep(policy_id="P", step=other, from_on=date(2021, 7, 1), **BY),
            amended("P", date(2021, 8, 1), other, text="b" * 64),
            *issued(drafted("Q", steps=(other,))),
        )
        days = ("03-31", "04-01", "04-30", "05-01", "05-31", "06-01", "07-01", "07-31", "08-01")
        ruled = {}
        for day in days:
            at = f"effective_at=2021-{day}"
            whole = await here.get(f"/v1/policies/P?{at}")
            found = (await here.get(f"/v1/policies?{YEAR}&step=MONITORING&{at}"))["items"]
            ruled[day] = (whole["steps"], [one["policy_id"] for one in found])
        early, both = ["TARGET"], ["TARGET", "MONITORING"]
        assert ruled == {
            "03-31": (early, ["Q"]),
            "04-01": (both, ["P", "Q"]),
            "04-30": (both, ["P", "Q"]),
            "05-01": (early, ["Q"]),
            "05-31": (early, ["Q"]),
            "06-01": (["TARGET", "EVALUATION"], ["Q"]),
            "07-01": (["TARGET", "MONITORING", "EVALUATION"], ["P", "Q"]),
            "07-31": (["TARGET", "MONITORING", "EVALUATION"], ["P", "Q"]),
            "08-01": (["MONITORING"], ["P", "Q"]),
        }
        whole = await here.get("/v1/policies/P")
        texts = [
            (one["number"], one["effective_on"], one["text_sha256"], one["summary"])
            for one in whole["versions"]
        ]
        assert [one[:2] for one in texts] == [
            (1, "2021-03-01"),
            (2, "2021-06-01"),
            (3, "2021-08-01"),
        ]
        assert whole["text_sha256"] == "b" * 64
        assert [one[3] for one in texts] == ["", "修订", "修订"]
