"""Whose each thing is, and what every decision reads of others: by name, nearest rules first.

`domain` §2.2: a unit sees its own, a department what is under it, a bureau its region. §0.4: what
is judged of a year binds the second year after, so rules of the year between come first there.
"""

from collections.abc import Sequence
from typing import Final

import pytest

from services.evaluation.domain.funds.messages import NoteQuota
from services.evaluation.domain.manifest import DECIDERS
from shared.domain.decider import AnyDecider, Owner
from shared.testing.spec import Given
from tests.evaluation.story import DEPT, REGION, UNIT
from tests.evaluation.test_repeating import COMMANDS, consulted
from tests.evaluation.test_third_party import CODE

UNITS: Final = Owner(region_code=REGION, department_code=DEPT, unit_code=UNIT)
BUREAUS: Final = Owner(region_code=REGION)
WHOSE: Final = {
    **dict.fromkeys(("rules", "watched", "third_party", "funds", "similar_projects")),
    **dict.fromkeys(("wording", "proof")),
    **dict.fromkeys(("self_evaluation", "evaluation", "key_project", "reportfile"), UNITS),
    **dict.fromkeys(("feedback", "prior_result", "appraisal", "linkage", "application"), UNITS),
    **dict.fromkeys(("recovery", "cut", "effectiveness"), UNITS),
    **dict.fromkeys(("unit", "assignment", "unit_roster", "recheck_sample", "ranking"), BUREAUS),
    **dict.fromkeys(("duplicates", "case", "deviation", "effectiveness_plan"), BUREAUS),
    "external": Owner(region_code="653100"),
}


NAMES: Final = {
    **dict.fromkeys(("self_evaluation", "watched"), "P1-2021"),
    **dict.fromkeys(("evaluation", "reportfile", "feedback"), "FINANCE-P1-2021"),
    **dict.fromkeys(("unit", "similar_projects"), UNIT),
    **dict.fromkeys(("rules", "recheck_sample", "deviation"), f"{REGION}-2021"),
    **dict.fromkeys(("cut", "application"), "P9-2022"),
    "key_project": "P1",
    "third_party": CODE,
    "assignment": f"FINANCE-P1-2021-{CODE}",
    "unit_roster": REGION,
    "prior_result": "P0-2020",
    "appraisal": f"{UNIT}-2021",
    "linkage": f"{UNIT}-2020",
    "funds": "P1-2022",
    "duplicates": "G1",
    "recovery": "P1-2021-1",
    "ranking": "R",
    "external": "RANK-XJ_COMPREHENSIVE-2021H1-653100",
    "case": "C1",
    "wording": "D1",
    "proof": "a" * 64,
    "effectiveness_plan": f"{REGION}-2022H1-BUDGET_UNIT",
    "effectiveness": f"{REGION}-2022H1-BUDGET_UNIT-{UNIT}",
}
"""Under which name the first command of each life is kept."""


def rules(*years: int) -> list[str]:
    """Those of county, prefecture and province, year by year."""
    return [f"rules-{level}-{year}" for year in years for level in (REGION, "653100", "650000")]


OWN: Final = ["watched-P1-2021", *rules(2021)]
BETWEEN: Final = rules(2021, 2020, 2022)
APPRAISED: Final = [f"unit-{UNIT}", *rules(2021, 2022)]
MONEY: Final = ["self_evaluation-P1-2021", "watched-P1-2021", "funds-P1-2021", *rules(2021)]
DRAWN: Final = [*rules(2021), "self_evaluation-P1-2021", "evaluation-DEPARTMENT-P1-2021"]
PLAN: Final = "effectiveness_plan-653121-2022H1-BUDGET_UNIT"
READ: Final[dict[str, Sequence[str]]] = {
    "OpenSelfEvaluation": rules(2021),
    "SubmitSelfEvaluation": OWN,
    "AuditSelfEvaluation": OWN,
    "EnterSelfEvaluation": OWN,
    "ConfirmSelfEvaluation": OWN,
    "SendSelfEvaluation": OWN,
    "RequestSelfEvaluationExplanation": OWN,
    "AcceptSelfEvaluation": OWN,
    "RecheckSelfEvaluation": OWN,
    "DecideObjection": OWN,
    "SelectForEvaluation": ["self_evaluation-P1-2021"],
    "ProposePlan": rules(2021),
    "ScoreEvaluation": rules(2021),
    "ConcludeEvaluation": rules(2021),
    "ObjectToEvaluation": ["feedback-FINANCE-P1-2021", *rules(2021)],
    "DecideEvaluationObjection": rules(2021),
    "SubmitReport": [f"unit-{UNIT}"],
    "RecheckEvaluation": rules(2021),
    "DesignateKeyProject": ["self_evaluation-P1-2021"],
    "EnterReportFile": ["evaluation-FINANCE-P1-2021"],
    "CommissionThirdParty": [
        f"third_party-{CODE}",
        "evaluation-FINANCE-P1-2021",
        "self_evaluation-P1-2021",
    ],
    "FindRecheckPopulation": [f"unit_roster-{REGION}", f"unit-{UNIT}"],
    "DrawRecheckSample": DRAWN,
    "IssueFeedback": [
        "evaluation-FINANCE-P1-2021",
        "self_evaluation-FINANCE-P1-2021",
        *rules(2021),
    ],
    "RecordPriorResult": [f"unit-{UNIT}", "self_evaluation-P0-2020"],
    "ScoreAppraisal": APPRAISED,
    "ConcludeAppraisal": APPRAISED,
    "RecordPriorAppraisal": APPRAISED,
    "DecideLinkage": [f"unit-{UNIT}", f"appraisal-{UNIT}-2020", *BETWEEN],
    "VerifyLinkage": [f"unit-{UNIT}"],
    "NoteQuota": rules(2022),
    "ProposeDuplicates": [
        *("self_evaluation-P1-2021", "self_evaluation-P2-2021"),
        *("application-P1-2021", "application-P2-2021"),
        *rules(2021, 2020, 2019),
        f"unit-{UNIT}",
    ],
    "IdentifyRecovery": MONEY,
    "CheckMoney": MONEY,
    "ApproveRecovery": MONEY,
    "ProposeCut": [
        *("self_evaluation-P0-2020", "prior_result-P0-2020", "application-P9-2022"),
        *BETWEEN,
        f"unit-{UNIT}",
    ],
    "NoteJudged": [f"unit-{UNIT}", "self_evaluation-P0-2020", *BETWEEN],
    "NoteAsked": [f"unit-{UNIT}", *BETWEEN],
    "PublishRanking": [f"appraisal-{UNIT}-2021"],
    "OpenCase": [f"unit-{UNIT}"],
    "IssueEffectivenessPlan": [f"unit-{UNIT}"],
    "FixIndicators": rules(2022, 2021),
    "RankEffectiveness": [
        "effectiveness_plan-653121-2021H2-BUDGET_UNIT",
        f"effectiveness-653121-2022H1-BUDGET_UNIT-{UNIT}",
    ],
    "EnterFigures": [PLAN],
    "ScoreEffectiveness": [PLAN],
    "OpenObjectionWindow": [PLAN],
    "ObjectToEffectiveness": [PLAN],
    "DecideEffectivenessObjection": [PLAN],
    "CloseObjectionWindow": [PLAN],
    "ConcludeEffectiveness": [PLAN, f"effectiveness_plan-{UNIT}-2022H1-BUDGET_UNIT"],
    "CorrectEffectiveness": [PLAN],
}
"""What each command reads of other streams; who is not here reads nothing."""


@pytest.mark.parametrize("decider", DECIDERS, ids=lambda decider: decider.category)
def test_a_decision_reads_what_it_has_to_know_and_nothing_else(decider: AnyDecider) -> None:
    story = Given(decider, ())
    for command in COMMANDS[decider.category]:
        asked, known = decider.consults(command), consulted(decider, command, story.state)
        more = decider.refers(command, story.state, known[: len(asked)])
        read = [reference.stream for reference in (*asked, *more)]
        # Rules are read with the first word of a quota alone: it plans the days of the checks.
        plain = isinstance(command, NoteQuota) and not command.issued
        assert read == ([] if plain else list(READ.get(type(command).__name__, ()))), command
        story = Given(decider, (*story.facts, *story.knowing(*known).when(command).facts))


@pytest.mark.parametrize("decider", DECIDERS, ids=lambda decider: decider.category)
def test_everything_is_its_units_its_bureaus_or_nobodys(decider: AnyDecider) -> None:
    story = Given(decider, ())
    for command in COMMANDS[decider.category]:
        known = consulted(decider, command, story.state)
        story = Given(decider, (*story.facts, *story.knowing(*known).when(command).facts))
    assert decider.owner(story.state) == WHOSE[decider.category]
    assert decider.owner(decider.initial) is None


def test_everybody_is_in_the_table() -> None:
    assert WHOSE.keys() == {decider.category for decider in DECIDERS}
    deciders: Sequence[AnyDecider] = DECIDERS
    found = {one.category: one.identify(COMMANDS[one.category][0]) for one in deciders}
    assert found == NAMES
