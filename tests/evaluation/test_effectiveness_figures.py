"""What was said until the cut-off becomes figures: the log, its days, and the looking-up."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from services.evaluation.domain.effectiveness.framework import Period
from services.evaluation.domain.effectiveness.ids import plan_id
from services.evaluation.domain.values import Subject
from services.evaluation.projections.conduct_log import ConductRow, conduct_log
from services.evaluation.projections.effectiveness_board import effectiveness_board
from services.evaluation.reactions.standing import (
    FIGURES,
    HEARS_STANDING,
    figures_of,
    schedule_standing,
    standing_falls_due,
)
from shared.contracts import disclosure, monitoring, targets
from shared.contracts.public_event import PublicEvent
from shared.messages import Deadline, Due, Look
from shared.projections import Change
from shared.testing.projection_spec import recorded
from tests.evaluation import standing as say
from tests.evaluation import test_recovery as recoveries
from tests.evaluation import test_self_evaluation as reports
from tests.evaluation.living import Living
from tests.evaluation.story import KNOWN_UNIT, REGION, UNIT, accept, yuan
from tests.evaluation.test_linkage import confirmed
from tests.evaluation.test_reactions import INDICATOR, heard

type Told = dict[str, tuple[Any, Any]]
YEAR: dict[str, Any] = {"region_code": REGION, "fiscal_year": 2021, "unit_code": UNIT}
UNITS = plan_id(REGION, 2021, Period.YEAR, Subject.BUDGET_UNIT)
COUNTIES = plan_id("653100", 2021, Period.YEAR, Subject.COUNTY)
ALWAYS = (date(2000, 1, 1), date(2099, 1, 1))


def of(project: str, **more: object) -> dict[str, Any]:
    return {**YEAR, "project_code": project, **more}


def score(project: str, points: int, node: str = "M05") -> PublicEvent:
    return monitoring.MonitoringScored(
        **of(project), node=node, score=Decimal(points), level="BLUE", execution_rate=Decimal(1)
    )


def missed(project: str, day: date = date(2021, 6, 10)) -> PublicEvent:
    return monitoring.MonitoringMissed(
        **of(project), node="M05", execution_rate=Decimal(0), reasons=(), due_on=day,
        rule_set_version=1,
    )  # fmt: skip


def closed(name: str, outcome: Any, overdue: int = 0, day: date = date(2021, 7, 1)) -> PublicEvent:  # noqa: ANN401 - a literal
    return monitoring.WarningClosed(
        **of("P1"), warning_id=name, level="RED", outcome=outcome, closed_on=day, overdue=overdue
    )


def item(kind: type[Any], name: str, of_kind: str = "TARGET", **more: object) -> PublicEvent:
    told = {"item_id": name, "channel": "WITH_BUDGET", "kind": of_kind, **YEAR, **more}
    word: PublicEvent = kind.model_validate(told)
    return word


def logged(*words: PublicEvent, start: int = 1) -> Iterable[Change]:
    """The rows that these words make, each with the number it would have."""
    assert conduct_log.hear
    for number, word in enumerate(words, start):
        told = heard(word)
        yield from conduct_log.hear(
            type(told)(
                word=word,
                event_id=told.event_id,
                producer=told.producer,
                number=number,
                subject=told.subject,
                version=number,
                said_at=told.said_at,
                effective_at=datetime(2021, 5, 1, 2, tzinfo=UTC),
                correlation_id="c",
            )
        )


def facts(stream: str, *told: object) -> Iterable[Change]:
    """The rows that own facts make."""
    assert conduct_log.project
    for one in recorded(stream, *told):
        yield from conduct_log.project(one)


def planned(kind: Subject = Subject.BUDGET_UNIT) -> Iterable[Change]:
    """A plan of the year that names the unit, or the county."""
    assert effectiveness_board.project
    (issued,) = say.plans.knowing(KNOWN_UNIT).after(say.ISSUE).facts
    plan = UNITS
    if kind is Subject.COUNTY:
        plan = COUNTIES
        subjects = say.plans.when(
            replace(
                say.ISSUE,
                plan_id=plan_id("653100", 2022, Period.H1, kind),
                region_code="653100",
                subject=kind,
                subjects=(REGION,),
            )
        )
        (issued,) = subjects.facts
    for one in recorded(f"effectiveness_plan-{plan}", issued):
        yield from effectiveness_board.project(one)


async def figures(
    world: Living, kind: Subject = Subject.BUDGET_UNIT, days: Sequence[date] = ALWAYS
) -> Told:
    """What the cut-off would find of the one subject."""
    plan = UNITS if kind is Subject.BUDGET_UNIT else COUNTIES
    subject = UNIT if kind is Subject.BUDGET_UNIT else REGION
    (rows,) = await world.working.look(((FIGURES[kind], (plan, 2021, *days)),))
    (found,) = figures_of([subject], rows)
    told = {one.aspect: (one.part, one.whole) for one in found.figures}
    if found.inflated or found.serious:
        told["INFLATED"] = (Decimal(found.inflated), Decimal(found.serious))
    return told


async def test_every_word_counts_once_and_the_worst_or_the_latest_of_them(
    living_county: Living,
) -> None:
    world = living_county
    submitted = targets.TargetSubmitted(**of("P1"))
    ex_ante: dict[str, Any] = {"requested": yuan(1), "department_code": "D"}
    words = (
        targets.ProjectRegistered(**of("P1"), name="x", needs_ex_ante=True, **ex_ante),
        targets.ProjectRegistered(**of("P2"), name="x", needs_ex_ante=True, **ex_ante),
        targets.ProjectRegistered(**of("P3"), name="x", needs_ex_ante=False, **ex_ante),
        targets.ExAnteConcluded(
            **of("P1"), **ex_ante, assessed_on=date(2021, 5, 2), accepted=yuan(1), reduced=yuan(0),
            reduction_kind="NONE", score=Decimal(85), grade="GOOD", conclusion="INCLUDED",
            rule_set_version=1,
        ),
        submitted,
        submitted,
        targets.TargetSubmitted(**of("P2")),
        score("P1", 80),
        score("P1", 90, "M08"),
        missed("P2"),
        score("P2", 40),  # late is late, also when it came in the end
        closed("W1", "VERIFIED"),
        closed("W2", "MEASURED", overdue=1),
        closed("W3", "CANCELLED"),
        monitoring.WarningEscalated(**of("P1"), warning_id="W4", level="RED"),
        closed("W4", "VERIFIED"),
        targets.ResponsibilityAssigned(
            **of("P1"), steps=("TARGET",), business="a", finance="b", head="c"
        ),
    )  # fmt: skip
    await world.log(*planned(), *logged(*words))
    assert await figures(world) == {
        "EX_ANTE_DONE": (1, 2),
        "EX_ANTE_GOOD": (1, 1),
        "TARGETS_FIRST_PASS": (1, 2),
        "FORMS_ON_TIME": (2, 3),
        "MONITORING_SCORE": (Decimal("2.1"), 3),
        "WARNINGS_ON_TIME": (1, 3),
        "RECTIFIED": (2, 3),
        "THREE_PERSONS": (1, 1),
    }
    await world.log(*logged(*words))  # a word that comes again changes nothing
    assert (await figures(world))["TARGETS_FIRST_PASS"] == (1, 2)


async def test_what_happened_after_the_cut_off_does_not_count(living_county: Living) -> None:
    world = living_county
    await world.log(*planned(), *logged(closed("W1", "VERIFIED"), closed("W2", "MEASURED")))
    later = closed("W2", "VERIFIED", day=date(2021, 7, 2))
    third = closed("W3", "VERIFIED", day=date(2021, 7, 2))
    await world.log(*logged(later, third, start=3))
    until = (date(2000, 1, 1), date(2021, 7, 1))
    assert (await figures(world, days=until))["RECTIFIED"] == (1, 2)
    assert (await figures(world))["RECTIFIED"] == (3, 3)
    second_half = (date(2021, 7, 2), date(2021, 12, 31))
    assert (await figures(world, days=second_half))["RECTIFIED"] == (2, 2)


async def test_coverage_leaves_out_what_may_be_withheld(living_county: Living) -> None:
    world = living_county
    told: dict[str, Any] = {"title": "x", "content": {}, "content_sha256": "0"}
    words = (
        item(disclosure.DisclosurePublished, "I1", published_on=date(2021, 3, 1), **told),
        item(disclosure.DisclosureOverdue, "I2", due_on=date(2021, 3, 1)),
        item(disclosure.DisclosureOverdue, "I3", due_on=date(2021, 3, 1)),
        item(
            disclosure.DisclosureWithheld, "I3", legal_basis="保密法", authority="局",
            expires_on=date(2031, 1, 1),
        ),
        item(disclosure.DisclosureOverdue, "I4", "EX_ANTE_REPORT", due_on=date(2021, 3, 1)),
    )  # fmt: skip
    await world.log(*planned(), *logged(*words))
    assert (await figures(world))["COVERAGE"] == (1, 2)
    late = item(disclosure.DisclosurePublished, "I2", published_on=date(2021, 9, 1), **told)
    await world.log(*logged(late, start=6))
    assert (await figures(world))["COVERAGE"] == (2, 2)


async def test_own_facts_tell_coverage_deviation_evidence_and_money(living_county: Living) -> None:
    world = living_county
    story = reports.audited().after(accept(), reports.recheck("70"))
    claim = recoveries.claimed()
    await world.log(
        *planned(),
        *facts("self_evaluation-P1-2021", *story.facts),
        *facts("recovery-P1-2021-1", *claim.facts),
    )
    found = await figures(world)
    assert found["SELF_COVERAGE"] == (1, 1)
    assert found["EVIDENCE"] == (1, 1)
    assert found["DEVIATION"] == (Decimal("23.89"), 1)  # 93.89 said, 70 found
    assert found["INFLATED"] == (0, 1)
    assert found["RECOVERIES"] == (0, yuan(140).fen)
    booked = recoveries.approved().after(recoveries.book(yuan(140)))
    await world.log(*facts("recovery-P1-2021-1", *booked.facts))
    assert (await figures(world))["RECOVERIES"] == (yuan(140).fen, yuan(140).fen)


async def test_a_breached_cap_outweighs_the_decision_that_set_it(living_county: Living) -> None:
    world = living_county
    decided = confirmed()
    await world.log(*planned(), *facts(f"linkage-{UNIT}-2020", *decided.facts))
    assert (await figures(world))["CAPS"] == (1, 1)
    breach: dict[str, Any] = {
        "region_code": REGION,
        "unit_code": UNIT,
        "department_code": "D",
        "budget_year": 2022,
        "basis_fiscal_year": 2020,
        "grade": "POOR",
        "cap": yuan(1800),
        "granted": yuan(1900),
        "exempted": yuan(100),
        "excess": yuan(100),
        "rule_set_version": 1,
    }
    exempt = targets.ConstraintBreached(**breach, unexempted_excess=yuan(0))
    await world.log(*logged(exempt))
    assert (await figures(world))["CAPS"] == (1, 1)
    await world.log(*logged(targets.ConstraintBreached(**breach, unexempted_excess=yuan(100))))
    assert (await figures(world))["CAPS"] == (0, 1)


async def test_a_county_is_all_its_units_and_its_bulletins(living_county: Living) -> None:
    world = living_county
    months = [
        disclosure.MonthlyBulletinIssued(
            region_code=REGION, year=2021, month=month, content={}, issued_on=date(2021, month, 9)
        )
        for month in (1, 2, 3)
    ]
    other = monitoring.MonitoringScored(
        **{**of("P9"), "unit_code": "U9"}, node="M05", score=Decimal(50), level="RED",
        execution_rate=Decimal(1),
    )  # fmt: skip
    words = (score("P1", 90), other, *months)
    await world.log(*planned(Subject.COUNTY), *logged(*words))
    found = await figures(world, Subject.COUNTY)
    assert found["MONTHS"][0] == 3
    assert found["MONITORING_SCORE"] == (Decimal("1.4"), 2)


async def test_an_adjusted_target_counts_as_it_is_now(living_county: Living) -> None:
    world = living_county
    core = INDICATOR.model_copy(update={"is_core": True})
    approved = targets.TargetApproved(
        **of("P1"), project_name="x", department_code="D", target_version=1, budget=yuan(1),
        scheme="A", annual_goal="x", indicators=(INDICATOR,), approved_on=date(2021, 2, 1),
        rule_set_version=1,
    )  # fmt: skip
    await world.log(*planned(), *logged(approved))
    assert (await figures(world)) == {"TARGETS_CORE": (0, 1), "THREE_PERSONS": (0, 1)}
    adjusted = targets.TargetAdjusted(
        **of("P1"), department_code="D", adjustment_id="A", target_version=2,
        budget_before=yuan(1), budget=yuan(1), indicators=(core,), reason="x",
        adjusted_on=date(2021, 6, 1),
    )  # fmt: skip
    await world.log(*logged(adjusted, start=2))
    assert (await figures(world))["TARGETS_CORE"] == (1, 1)


def test_the_cut_off_falls_due_in_the_morning_after_and_looks_up_every_subject() -> None:
    fixed = say.fixed().facts[-1]
    (deadline,) = schedule_standing(recorded(f"effectiveness_plan-{say.H1}", fixed)[0])
    assert isinstance(deadline, Deadline)
    assert deadline.due_at == datetime(2022, 7, 1, 1, 0, tzinfo=UTC)  # nine in the morning
    due = Due(kind=deadline.kind, subject=deadline.subject, due_at=deadline.due_at, now=say.LATE)
    look = standing_falls_due(due)
    assert isinstance(look, Look)
    assert look.queries[1][1] == (say.H1, 2022, date(2000, 1, 1), say.CUT_OFF)
    then: Any = look.then
    freeze, enter = then([[(UNIT,)], [(UNIT, "COVERAGE", 1, 2)]])
    assert freeze.figures == (enter.figures,)
    assert enter.figures.figures[0].whole == 2
    freeze, enter = then([[(UNIT,)], []])
    assert enter.figures.figures == ()  # nobody said anything: nothing is made up


def test_every_word_that_only_folds_makes_a_row() -> None:
    assert {word.__name__ for word in HEARS_STANDING} == {
        "ProjectRegistered", "ExAnteConcluded", "TargetSubmitted", "ResponsibilityAssigned",
        "ConstraintBreached", "MonitoringMissed", "WarningEscalated", "DisclosurePublished",
        "DisclosureOverdue", "DisclosureWithheld", "WithholdingExpired", "MonthlyBulletinIssued",
    }  # fmt: skip
    expired = item(disclosure.WithholdingExpired, "I3", expired_on=date(2021, 8, 1))
    (change,) = logged(expired)
    assert change.table is ConductRow
    assert (change.row["part"], change.row["whole"]) == (0, 1)  # type: ignore[union-attr]
