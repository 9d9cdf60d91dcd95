"""The letter and the cure over HTTP, on a real database: files, forms, lists, who may see what."""

import hashlib
from io import BytesIO
from typing import Any

import httpx
import pytest
from docx import Document

from services.monitoring.api.forms.letter_sheets import LETTER_BOOK, PLAN_SHEET, PROOF_SHEET
from services.monitoring.api.policy import POLICY
from services.monitoring.domain.letterfile import FileLetter, Letterfile
from services.monitoring.reactions import words
from services.monitoring.reactions.printing import print_letter
from shared.asking import Ask
from shared.documents.reading import read_workbook
from shared.http.policy import Role
from shared.http.workbooks import XLSX
from tests.monitoring.stories import at
from tests.monitoring.test_letter import read
from tests.monitoring.test_reactions import REGION, UNIT, adopted, approved
from tests.monitoring.world import World, eventually, world

PROOF = "ab" * 32
ITEM = {"sha256": PROOF, "kind": "ORIGINAL_VOUCHER", "name": "支付凭证", "source": "国库"}
DRAFT = {"demands": "加快支付", "evidence_wanted": "支付凭证", "contact": "张三", "phone": "0998"}
LEDGER = "/ledgers/P1/2021"
CAST = {
    "head": (Role.UNIT_HEAD, "U1"),
    "stranger": (Role.UNIT_HEAD, "U2"),
    "department": (Role.DEPT_REVIEWER, None),
    "business": (Role.FB_BUSINESS, None),
    "clerk": (Role.FB_PERFORMANCE, None),
    "auditor": (Role.FB_PERFORMANCE, None),
    "budget": (Role.FB_BUDGET, None),
    "leader": (Role.FB_LEADER, None),
}

type People = dict[str, dict[str, str]]


def people(told: World) -> People:
    """Who acts in these stories."""
    return {
        name: told.tokens.of(
            role,
            region="653101",
            subject=name,
            **({"unit": unit} if unit else {}),
            **({"department": "D1"} if name == "department" else {}),
        )
        for name, (role, unit) in CAST.items()
    }


async def warned(told: World, by: People, level: str, project: str = "P1") -> str:
    """A person warns of a project, another confirms it; answers where it is."""
    body = {
        "project_code": project,
        "fiscal_year": 2021,
        "node": "M05",
        "level": level,
        "reasons": ["EXECUTION_BEHIND", "IDLE"],
        "source": "DAILY",
        "finding": f"{project} {level}",
    }
    answer = await told.post("/warnings", body, by["business"])
    place = answer.headers["location"].removeprefix("/v1")
    await told.post(f"{place}/confirm", None, by["clerk"])
    return place


async def sent(told: World, by: People, place: str) -> str:
    """Its letter, by number."""
    await told.post(f"{place}/draft-letter", DRAFT, by["clerk"])
    await told.post(f"{place}/issue-letter", None, by["leader"])
    await told.settled()
    return str((await told.get(place, by["head"]))["letter_no"])


async def file_of(told: World, number: str, by: dict[str, str], **query: str) -> httpx.Response:
    """A file of a letter."""
    return await told.client.get(f"/v1/letters/{number}/file", headers=by, params=query)


async def test_the_file_that_was_sent_stays_what_it_is(database: str) -> None:
    async with world(database, at(6, 9)) as told:
        by = people(told)
        await told.hear(REGION, UNIT, adopted, approved)
        place = await warned(told, by, "RED")
        number = await sent(told, by, place)
        first = await file_of(told, number, by["head"])
        digest = hashlib.sha256(first.content).hexdigest()
        letter = await told.get(f"/letters/{number}", by["head"])
        assert letter["pdf_sha256"] == digest
        assert first.headers["etag"] == f'"{digest}"'
        assert first.headers["content-type"] == "application/pdf"
        assert number in read(first.content)
        again = {**by["head"], "if-none-match": first.headers["etag"]}
        assert (await file_of(told, number, again)).status_code == httpx.codes.NOT_MODIFIED
        word = Document(BytesIO((await file_of(told, number, by["head"], format="docx")).content))
        assert any(paragraph.text == number for paragraph in word.paragraphs)
        assert (await file_of(told, number, by["stranger"])).status_code == httpx.codes.NOT_FOUND
        await told.post(
            f"{place}/acknowledge", {"received_by": "李四", "objection": "x"}, by["head"]
        )
        answer = {"kept": False, "answer": "予以更正"}
        await told.post(f"{place}/answer-objection", answer, by["leader"], status=403)
        await told.post(f"{place}/answer-objection", answer, by["auditor"])
        changed = {**DRAFT, "demands": "九月底前完成", "reason": "时限有误"}
        await told.post(f"{place}/draft-correction", changed, by["clerk"])
        await told.post(f"{place}/correct-letter", None, by["head"], status=403)
        await told.post(f"{place}/correct-letter", None, by["leader"])
        await told.settled()
        second = (await told.get(place, by["head"]))["letter_no"]
        assert second != number
        assert (await file_of(told, number, by["head"])).content == first.content
        old, new = [await told.get(f"/letters/{n}", by["head"]) for n in (number, second)]
        assert (old["corrected_by"], new["corrects"]) == (second, number)
        assert (old["received_by"], old["objection"], old["objection_kept"]) == ("李四", "x", False)
        assert new["received_by"] is None
        await the_book_has_both(told, by, number, second)


async def test_a_letter_says_that_it_is_being_printed_until_it_is(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(database, at(6, 9)) as told:
        by = people(told)
        await told.hear(REGION, UNIT, adopted, approved)
        place = await warned(told, by, "RED")
        with monkeypatch.context() as still:  # a press that stands still
            still.setattr(words, "file_letter", lambda *_word: [])
            number = await sent(told, by, place)
        letter = await told.get(f"/letters/{number}", by["head"])
        assert (letter["pdf_sha256"], letter["pdf_bytes"]) == ("", 0)
        waits = await file_of(told, number, by["head"])
        assert waits.status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert waits.headers["retry-after"] == "2"
        assert waits.headers["cache-control"] == "no-store"
        assert waits.json()["type"].endswith("letter-being-printed")
        chinese = {**by["head"], "accept-language": "zh"}
        assert (await file_of(told, number, chinese)).json()["title"] == "告知函正在印制"
        assert (await file_of(told, number, by["head"], format="docx")).is_success
        assert (await file_of(told, number, by["stranger"])).status_code == httpx.codes.NOT_FOUND
        (row,) = await printed(told, place)
        assert (await file_of(told, number, by["head"])).content == row
        letter = await told.get(f"/letters/{number}", by["head"])
        assert letter["pdf_sha256"] == hashlib.sha256(row).hexdigest()
        assert letter["pdf_bytes"] == len(row)


async def printed(told: World, place: str) -> list[bytes]:
    """The press goes on: all that waits for the warning is printed, and once more."""
    stream, handling = f"letterfile-{place.rpartition('/')[2]}", told.runtime.handling
    assert handling is not None
    (state,) = (await handling.states([stream])).values()
    assert isinstance(state, Letterfile)
    for number in [*state.waiting, *state.waiting]:
        command = FileLetter(
            warning_id=place.rpartition("/")[2],
            letter_no=number,
            press=print_letter,
            by="iss|press",
            now=at(6, 9),
        )
        await handling.handle(
            Ask(
                commands=(command,),
                actor="iss|press",
                unit="",
                now=at(6, 9),
                correlation_id="c",
                causation_id="c",
            )
        )
    return [print_letter(letter) for letter in state.waiting.values()]


async def test_whoever_has_signed_may_wait_for_the_file(database: str) -> None:
    async with world(database, at(6, 9)) as told:
        by = people(told)
        await told.hear(REGION, UNIT, adopted, approved)
        place = await warned(told, by, "RED")
        await told.post(f"{place}/draft-letter", DRAFT, by["clerk"])
        signed = await told.post(f"{place}/issue-letter", None, by["leader"])
        number = str((await told.get(place, by["head"]))["letter_no"])
        position = {"abacus-at-least": signed.headers["abacus-position"], "prefer": "wait=10"}
        answer = await file_of(told, number, {**by["head"], **position})
        assert answer.status_code == httpx.codes.OK, answer.text
        assert number in read(answer.content)


async def the_book_has_both(told: World, by: People, number: str, second: str) -> None:
    path = "/v1/letters/export"
    answer = await told.client.get(path, headers=by["clerk"], params={"fiscal_year": 2021})
    book = [line.fields for line in read_workbook(answer.content, LETTER_BOOK)]
    assert [line["letter_no"] for line in book] == [number, second]
    assert book[0]["corrected_by"] == second


async def imported(told: World, operation: str, content: bytes, by: dict[str, str]) -> Any:  # noqa: ANN401
    """A form, sent back."""
    answer = await told.client.post(
        "/v1/imports",
        params={"operation": operation, "accept": "true"},
        content=content,
        headers={**by, "content-type": XLSX},
    )
    assert answer.is_success, answer.text
    return answer.json()


async def form_of(told: World, place: str, by: dict[str, str], **query: str) -> bytes:
    """附1 as it is now."""
    answer = await told.client.get(f"/v1{place}/feedback-form", headers=by, params=query)
    assert answer.is_success, answer.text
    return answer.content


async def test_a_cure_goes_out_and_in_as_a_form_and_used_proof_is_flagged(database: str) -> None:
    async with world(database, at(6, 9)) as told:
        by = people(told)
        other = approved.model_copy(update={"project_code": "P2", "target_id": "T2"})
        await told.hear(REGION, UNIT, adopted, approved, other)
        place = await warned(told, by, "BLUE")
        await sent(told, by, place)
        await told.post(f"{place}/acknowledge", {"received_by": "李四"}, by["head"])
        blank = await form_of(told, place, by["head"])
        (line,) = [line.fields for line in read_workbook(blank, PLAN_SHEET)]
        assert [step["reason"] for step in line["body"]["steps"]] == ["EXECUTION_BEHIND", "IDLE"]
        await planned_and_shown(told, by, place)
        version = (await told.get(place, by["head"]))["version"]
        for part, sheet in (("plan", PLAN_SHEET), ("proof", PROOF_SHEET)):
            filled = await form_of(told, place, by["head"], part=part)
            report = await imported(told, sheet.operation, filled, by["head"])
            assert (report["good"], report["rows"]) == (1, 1)
            assert (await told.get(place, by["head"]))["version"] == version
            assert await form_of(told, place, by["head"], part=part) == filled
        paper = Document(BytesIO(await form_of(told, place, by["head"], form="docx")))
        assert "王五/马六" in [cell.text for row in paper.tables[1].rows for cell in row.cells]
        second = await warned(told, by, "BLUE", "P2")
        await sent(told, by, second)
        await told.post(f"{second}/acknowledge", {"received_by": "李四"}, by["head"])
        await planned_and_shown(told, by, second)
        cure = await told.get(f"{second}/rectification", by["clerk"])
        (file,) = cure["evidence"]
        assert (file["duplicate"], file["also_used"][0]["project_code"]) == (True, "P1")
        await verified(told, by, place)


async def planned_and_shown(told: World, by: People, place: str) -> None:
    steps = [
        {
            "reason": reason,
            "cause": "审批慢",
            "measure": "每周调度",
            "owner": "王五",
            "finance_owner": "马六",
            "due_on": "2021-06-20",
        }
        for reason in ("EXECUTION_BEHIND", "IDLE")
    ]
    await told.post(f"{place}/submit-plan", {"steps": steps}, by["head"])
    values = [{"indicator_id": "road", "actual": "10", "evidence": [PROOF]}]
    shown = {"result": "已支付", "items": [ITEM], "values": values}
    bad = {**shown, "items": [{**ITEM, "sha256": "xyz"}]}
    refused = await told.post(f"{place}/submit-evidence", bad, by["head"], status=422)
    assert refused.json()["errors"][0]["pointer"] == "/items/0/sha256"
    await told.post(f"{place}/submit-evidence", shown, by["head"])


async def verified(told: World, by: People, place: str) -> None:
    opinion = {"opinion": "同意", "agrees": True}
    await told.post(f"{place}/review-rectification", opinion, by["department"])
    for section in ("business", "clerk"):
        await told.post(f"{place}/verify", {"finding": "属实", "on_site": True}, by[section])
    cure = await told.get(f"{place}/rectification", by["head"])
    assert cure["status"] == "VERIFIED"
    assert [check["section"] for check in cure["checks"]] == ["BUSINESS", "PERFORMANCE"]
    assert cure["opinions"][0]["opinion"] == "同意"
    assert cure["measured"]["execution_after"] == "0.0000"
    assert cure["measured"]["goal_after"] == "1.0000"


async def test_money_is_stopped_by_two_and_goes_on_when_the_warning_ends(database: str) -> None:
    async with world(database, at(6, 9)) as told:
        by = people(told)
        await told.hear(REGION, UNIT, adopted, approved)
        quota = {"document_no": "Q1", "amount": "500.00", "issued_on": "2021-02-01"}
        await told.post(f"{LEDGER}/issue-quota", quota, by["budget"])
        place = await warned(told, by, "RED")
        await sent(told, by, place)
        await told.later(at(6, 15))

        async def escalated() -> bool:
            return bool((await told.get(place, by["head"]))["status"] == "ESCALATED")

        await eventually(escalated)
        listed = (await told.get("/letters/overdue", by["clerk"], fiscal_year=2021))["items"]
        assert [(one["status"], one["steps"]) for one in listed] == [("ESCALATED", ["ACKNOWLEDGE"])]
        measure = {"measure": "SUSPEND_PAYMENT"}
        proposed = {**measure, "reason": "逾期未签收"}
        await told.post(f"{place}/propose-measure", proposed, by["business"])
        for office in ("budget", "leader"):
            await told.post(f"{place}/approve-measure", measure, by[office])
        waiting = (await told.get(f"{place}/rectification", by["clerk"]))["proposal"]
        assert [one["office"] for one in waiting["approvals"]] == ["BUDGET", "LEADER"]
        taken = {**measure, "document_no": "喀财绩〔2021〕21号", "decided_on": "2021-06-15"}
        await told.post(f"{place}/take-measure", taken, by["business"])
        ledger = await told.get(LEDGER, by["head"])
        assert (ledger["frozen"], ledger["available"]) == ("500.00", "0.00")
        end = {
            "answers": {"EXECUTION_BEHIND": "已暂停拨付", "IDLE": "已暂停拨付"},
            "fund_effect": "暂停拨付500元，销号后恢复",
            "target_effect": "none",
        }
        await told.post(f"{place}/close", end, by["clerk"])
        ledger = await told.get(LEDGER, by["head"])
        assert (ledger["frozen"], ledger["available"]) == ("0.00", "500.00")
        assert not (await told.get("/letters/overdue", by["clerk"], fiscal_year=2021))["items"]
        (step,) = (await told.get(f"{place}/rectification", by["clerk"]))["measures"]
        assert step["legal_basis"] == "财预〔2019〕136号第十五条第（二）项"


NOBODY = [("propose-measure", "head"), ("approve-measure", "business"), ("verify", "budget")]


@pytest.mark.parametrize(("verb", "who"), NOBODY)
def test_who_may_not(verb: str, who: str) -> None:
    operation = {"verify": "verify_rectification"}.get(verb, verb.replace("-", "_"))
    assert CAST[who][0] not in POLICY[operation]
