"""Lives in which one has written over what another wrote: cures, suspicions, letters, scores."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from services.evaluation.domain.unit import RegisterUnit
from shared.http.policy import Role
from shared.testing.api_spec import Api
from tests.authority.scripts import LETTERS, SELF_EVALUATIONS
from tests.authority.scripts_of_records import done
from tests.authority.walks import CROWD, Act, Script
from tests.evaluation import standing as scores
from tests.evaluation import story as judged
from tests.evaluation.test_records import adopt
from tests.evaluation.test_self_evaluation_api import PROOF

_WORK: Final = (Role.FB_BUSINESS, Role.FB_PERFORMANCE, Role.COUNTY_FB)
_PERFORMANCE: Final = (Role.FB_PERFORMANCE, Role.COUNTY_FB)
_SIGN: Final = (Role.FB_LEADER, *_PERFORMANCE)
_HEAD: Final = (Role.UNIT_HEAD,)
_JUDGED_PLACE: Final = {"region": judged.REGION, "unit": judged.UNIT, "department": judged.DEPT}

_FEEDBACK: Final = "/feedbacks/{it}"


def _planned(measure: str) -> Mapping[str, Any]:
    day = (datetime.now(UTC) + timedelta(days=7)).date().isoformat()
    step = {"number": "W1", "measure": measure, "responsible": "李", "due_on": day}
    return {"steps": [step]}


def _cured(text: str) -> Mapping[str, Any]:
    return {"cures": [{"number": "W1", "text": text, "evidence": [PROOF]}]}


async def _a_cure_planned_twice(api: Api) -> str:
    """A re-check was told; one has planned the cure, and another has planned it otherwise."""
    it = await SELF_EVALUATIONS.begin(api)
    for number, act in enumerate(SELF_EVALUATIONS.acts[1:8]):
        body = act.body or {}
        await done(api, act.path.format(it=it), act.roles[0], f"p{number}", body, **_JUDGED_PLACE)
    one = f"{it}-2021"
    problem = {"number": "W1", "text": "台账不全", "demand": "补录"}
    told = {"feedback_id": one, "document_no": "绩反1号", "problems": [problem]}
    bureau = Role.FB_PERFORMANCE
    await done(api, "/feedbacks", bureau, "teller", told, **_JUDGED_PLACE)
    path = _FEEDBACK.format(it=one)
    await done(api, f"{path}/acknowledge", Role.UNIT_HEAD, "head", {}, **_JUDGED_PLACE)
    for who, measure in ((CROWD[0], "补录"), (CROWD[1], "逐条补录")):
        await done(api, f"{path}/plan", Role.UNIT_HEAD, who, _planned(measure), **_JUDGED_PLACE)
    return one


FEEDBACKS: Final = Script(
    service="evaluation",
    begin=_a_cure_planned_twice,
    place=_JUDGED_PLACE,
    stream="feedback",
    back=1,
    acts=(
        Act(f"{_FEEDBACK}/fail", _WORK, {"reason": "证据不足"}),
        Act(f"{_FEEDBACK}/plan", _HEAD, lambda _it: _planned("另行补录")),
        Act(f"{_FEEDBACK}/report", _HEAD, _cured("已补录")),
        Act(f"{_FEEDBACK}/report", _HEAD, _cured("已逐条补录")),
        Act(f"{_FEEDBACK}/verify", _WORK, {"finding": "属实"}),
        Act(f"{_FEEDBACK}/close", _PERFORMANCE, {}),
    ),
    # Chance decides whether a cure fails; whoever may not verify one may not fail it either.
    without=frozenset({"RectificationFailed"}),
)


async def _scored_twice(api: Api) -> str:
    """The figures of a half-year that is over; one has scored the rest, another otherwise."""
    machine: dict[str, Any] = {"by": "abacus", "now": scores.EARLY}
    await api.given(
        replace(adopt(1), fiscal_year=2022),
        RegisterUnit(
            unit_code=judged.UNIT,
            name="交通局",
            region_code=judged.REGION,
            department_code=judged.DEPT,
            **machine,
        ),
        scores.ISSUE,
        scores.FIX,
        scores.FREEZE,
        scores.ENTER,
    )
    bureau = {"region": judged.REGION}
    for who, share in ((CROWD[0], "0.5"), (CROWD[1], "0.6")):
        lines = [
            {
                "aspect": one.aspect,
                "score": str(one.score),
                "basis": one.basis,
                "document_no": one.document_no,
            }
            for one in scores.judged(share)
        ]
        path = f"/effectiveness/{scores.ONE}/score"
        await done(api, path, Role.FB_BUSINESS, who, {"judged": lines}, **bureau)
    return scores.ONE


_SCORE: Final = "/effectiveness/{it}"
_DOCUMENT: Final = {"document_no": "绩〔2022〕10号"}
OBJECTIONS: Final = Script(
    service="evaluation",
    begin=_scored_twice,
    place=_JUDGED_PLACE,
    stream="effectiveness",
    back=0,
    kept_min=2,
    # Nothing becomes final before the window is over; `FINALS` tells of that.
    without=frozenset({"EffectivenessConcluded", "EffectivenessCorrected"}),
    acts=(
        Act(f"{_SCORE}/open-objection-window", _PERFORMANCE, _DOCUMENT),
        Act(f"{_SCORE}/object", _HEAD, {"text": "核心指标已补录"}),
        Act(f"{_SCORE}/decide-objection", _SIGN, {"reason": "属实", **_DOCUMENT}),
    ),
)


async def _waited_for(api: Api) -> str:
    """The window for objections is over, and nobody objected."""
    it = await _scored_twice(api)
    await api.given(scores.OPEN_WINDOW)
    return it


def _corrected(score: str) -> Act:
    line = {"aspect": "MONITORING_SCORE", "score": score, "basis": "台账", **_DOCUMENT}
    body = {"reason": f"漏计，应为{score}", "corrections": [line], **_DOCUMENT}
    return Act(f"{_SCORE}/correct", _SIGN, body)


FINALS: Final = Script(
    service="evaluation",
    begin=_waited_for,
    place=_JUDGED_PLACE,
    stream="effectiveness",
    back=0,
    without=frozenset({"EffectivenessObjectionDecided"}),
    acts=(
        _corrected("5"),
        _corrected("4"),
        _corrected("3"),
        Act(f"{_SCORE}/conclude", _SIGN, {}),
    ),
)

_PLACE: Final = LETTERS.place
_WATCHDOGS: Final = (Role.FB_SUPERVISION, Role.FB_PERFORMANCE, Role.COUNTY_FB)
_FINDING: Final = "/fund-findings/{it}"
_SUSPECTED: Final = {
    "region_code": "653101",
    "fiscal_year": 2021,
    "kind": "MISUSED",
    "level": "YELLOW",
    "unit_code": "U1",
    "department_code": "D1",
    "note": "转入往来账户",
}


def _proven(*proofs: str) -> Mapping[str, Any]:
    return {"result": "已退回", "evidence": proofs}


async def _a_suspicion(api: Api) -> str:
    """Somebody suspects something."""
    headers = {**api.tokens.of(_WATCHDOGS[0], subject=CROWD[0], **_PLACE), "if-match": "*"}
    answer = await api.client.post("/v1/fund-findings", json=_SUSPECTED, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def _a_cure_shown_twice(api: Api) -> str:
    """A violation; one has put it right, and another has shown more since."""
    it = await _a_suspicion(api)
    path = _FINDING.format(it=it)
    violation = {"judgement": "VIOLATION", "opinion": "违规"}
    await done(api, f"{path}/judge", _WATCHDOGS[0], "judge", violation, **_PLACE)
    for who, body in ((CROWD[0], _proven("ab")), (CROWD[1], _proven("ab", "cd"))):
        await done(api, f"{path}/rectify", Role.UNIT_HEAD, who, body, **_PLACE)
    return it


_RECTIFIERS: Final = (Role.UNIT_HEAD, Role.FB_BUDGET)
SUSPICIONS: Final = Script(
    service="monitoring",
    begin=_a_suspicion,
    place=_PLACE,
    stream="fundfinding",
    back=0,
    kept_min=2,
    without=frozenset({"FundFindingClosed"}),
    acts=(
        Act(f"{_FINDING}/judge", _WATCHDOGS, {"judgement": "VIOLATION", "opinion": "违规"}),
        Act(f"{_FINDING}/judge", _WATCHDOGS, {"judgement": "NORMAL", "opinion": "正常"}),
    ),
)
FINDINGS: Final = Script(
    service="monitoring",
    begin=_a_cure_shown_twice,
    place=_PLACE,
    stream="fundfinding",
    back=1,
    without=frozenset({"FundFindingJudged"}),
    acts=(
        Act(f"{_FINDING}/rectify", _RECTIFIERS, _proven("ef")),
        Act(f"{_FINDING}/close", _WATCHDOGS, {}),
    ),
)

_WARNING: Final = "/warnings/{it}"


async def _a_letter_written_over(api: Api) -> str:
    """One has drafted the letter, and another has drafted it otherwise."""
    it = await LETTERS.begin(api)
    path = _WARNING.format(it=it)
    await done(api, f"{path}/confirm", Role.FB_PERFORMANCE, "chief", {}, **_PLACE)
    for who, demands in ((CROWD[0], "加快"), (CROWD[1], "加快支付")):
        body = {"demands": demands, "evidence_wanted": "凭证", "contact": "张三"}
        await done(api, f"{path}/draft-letter", Role.FB_BUSINESS, who, body, **_PLACE)
    return it


REWRITTEN_LETTERS: Final = Script(
    service="monitoring",
    begin=_a_letter_written_over,
    place=_PLACE,
    stream="warning",
    back=1,
    without=(LETTERS.judgements | LETTERS.without) - {"LetterIssued", "ObjectionAnswered"},
    # From the correction of a letter to the answer about it.
    acts=(*LETTERS.acts[1:3], *LETTERS.acts[5:8]),
)
CURES: Final = {
    "feedbacks": FEEDBACKS,
    "effectiveness objections": OBJECTIONS,
    "final effectiveness scores": FINALS,
    "suspicions": SUSPICIONS,
    "findings": FINDINGS,
    "rewritten letters": REWRITTEN_LETTERS,
}
