"""An ex-ante report leaves its unit when three persons answer for it and the head has signed."""

from dataclasses import replace

from services.targets.domain.commands.ex_ante import SubmitExAnteReport
from services.targets.domain.duties import Step
from services.targets.domain.events.ex_ante import ExAnteReportSubmitted
from services.targets.domain.refusals import (
    ExAnteReportExists,
    OneOfficeForBoth,
    ResponsibilityUnassigned,
    SignerNotNamed,
)
from services.targets.domain.responsibility import Matrix
from services.targets.domain.values import Responsible
from shared.http.policy import Role
from shared.testing.spec import Given
from tests.targets import stories as s
from tests.targets.assessments import AT_REPORT, submit_report
from tests.targets.duties import DEPUTY, OTHERS, a_delegation, transfer, withdraw
from tests.targets.files import facts, fetched, tables
from tests.targets.test_ex_ante import known, send_back
from tests.targets.town import Town, report_body, target_body

PROJECT, DRAFT, MATRIX, *RULES = AT_REPORT
by_delegation = replace(submit_report, delegation_id="D1", person=DEPUTY)


def handed_in(story: Given, command: SubmitExAnteReport) -> ExAnteReportSubmitted:
    """The fact that a command leads to."""
    [fact] = story.when(command).facts
    assert isinstance(fact, ExAnteReportSubmitted)
    return fact


def test_the_head_who_is_named_signs() -> None:
    for command in (submit_report, replace(submit_report, person="李强")):
        fact = handed_in(known, command)
        assert (fact.signed_by, fact.in_place_of) == ("李强", "")


def test_nobody_hands_a_report_in_for_which_nobody_answers() -> None:
    missing = {step: duty for step, duty in MATRIX.duties.items() if step is not Step.EX_ANTE}
    for matrix in (Matrix(), replace(MATRIX, duties=missing)):
        story = s.ex_ante.knowing(PROJECT, DRAFT, matrix, *RULES)
        refusal = story.when(submit_report).then_refused(
            ResponsibilityUnassigned, steps=[Step.EX_ANTE]
        )
        assert refusal.remedy is not None
        assert refusal.remedy.startswith("Name the three")


def test_the_two_offices_of_the_step_are_two_persons() -> None:
    one = Responsible(business="阿依古丽", finance="阿依古丽", head="李强")
    assign = replace(s.assign_all, steps=(Step.EX_ANTE,), responsible=one)
    at_project = s.matrix.knowing(s.a_project.state)
    at_project.when(assign).then_refused(OneOfficeForBoth)
    s.a_matrix.when(replace(transfer, steps=(Step.EX_ANTE,), responsible=one)).then_refused(
        OneOfficeForBoth
    )


def test_a_stranger_does_not_sign_and_a_new_head_does() -> None:
    refusal = known.when(replace(submit_report, person="路人")).then_refused(
        SignerNotNamed, person="路人", named="李强"
    )
    assert refusal.pointer == "/person"
    others = replace(OTHERS, head="古丽")
    after = s.a_matrix.after(replace(transfer, steps=(Step.EX_ANTE,), responsible=others))
    story = s.ex_ante.knowing(PROJECT, DRAFT, after.state, *RULES)
    story.when(replace(submit_report, person="李强")).then_refused(SignerNotNamed)
    fact = handed_in(story, submit_report)
    assert fact == replace(handed_in(known, submit_report), signed_by="古丽")


def test_a_delegate_signs_in_the_heads_place_while_the_delegation_holds() -> None:
    story = s.ex_ante.knowing(PROJECT, DRAFT, MATRIX, a_delegation.state, *RULES)
    fact = handed_in(story, by_delegation)
    assert (fact.signed_by, fact.in_place_of) == (DEPUTY, "李强")
    story.after(by_delegation).when(by_delegation).then_nothing()
    over = s.ex_ante.knowing(PROJECT, DRAFT, MATRIX, a_delegation.after(withdraw).state, *RULES)
    over.when(by_delegation).then_refused(SignerNotNamed)


def test_a_report_that_was_not_signed_by_name_is_repeated_in_silence() -> None:
    fact = replace(handed_in(known, submit_report), signed_by="")
    old = s.ex_ante.given(fact).knowing(PROJECT, DRAFT, Matrix(), *RULES)
    old.when(submit_report).then_nothing()
    old.when(replace(submit_report, goal="其他")).then_refused(ExAnteReportExists)
    back = s.ex_ante.given(*old.after(send_back).facts).knowing(PROJECT, DRAFT, Matrix(), *RULES)
    back.when(submit_report).then_refused(ResponsibilityUnassigned)


async def test_the_printed_report_says_who_signed(real_town: Town) -> None:
    town = real_town
    await town.founded()
    await town.registered(is_new=True)
    await town.done(Role.UNIT_BUSINESS, "/targets", target_body("P1"))
    stranger = {**report_body("P1"), "person": "路人"}
    refused = await town.ask(Role.UNIT_HEAD, "/ex-ante-assessments", stranger)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (403, "/person")
    await town.done(Role.UNIT_HEAD, "/ex-ante-assessments", report_body("P1"))
    content = await fetched(town, "/ex-ante-assessments/P1-2021/report")
    assert facts(tables(content)[0])["单位负责人签字"] == "李强"
