"""绩效目标调整申请表 on a real database: fetched, filled in, imported, signed, printed (§8.8)."""

from services.targets.api.forms.adjustment_form import ADJUSTMENT_SHEET
from shared.documents.writing import write_workbook
from shared.http.policy import Role
from tests.targets.files import Upload, fetched, rows, sent, tables, taken
from tests.targets.stories import PERSONS
from tests.targets.test_adjustments_api import ONE, binding
from tests.targets.town import Town

EMPTY = "/targets/P1-2021/adjustment-form"
OPERATION = "request_target_adjustment"
REASON, PROOF = "洪水冲毁便道", "证明.pdf"


def filled(content: bytes, value: str, before: str = "100") -> bytes:
    """The form as a unit fills it in: cause, reason, proof, and another value in one line."""
    [line] = rows(content, ADJUSTMENT_SHEET)
    first = {**line["body"]["values"][0], "target_value": value, "before": before}
    body = {
        "cause": "FORCE_MAJEURE",
        "reason": REASON,
        "document": {"name": PROOF, "sha256": "a" * 64},
        "values": [first],
    }
    return write_workbook(ADJUSTMENT_SHEET, [{**line, "body": body}])


async def test_a_form_is_fetched_filled_in_imported_and_printed(real_town: Town) -> None:
    town = real_town
    await binding(town)
    empty = await fetched(town, EMPTY, Role.UNIT_HEAD)
    [line] = rows(empty, ADJUSTMENT_SHEET)
    assert line["path"] == {"target_id": "P1-2021"}
    assert line["shown"]["before"] == line["shown"]["after"] == "7400000.00"
    first = line["body"]["values"][0]
    assert (first["indicator_id"], first["before"]) == ("I1", "100")
    form = filled(empty, "75")
    report = await taken(town, Upload(Role.UNIT_HEAD, OPERATION, form))
    assert report["good"] == report["rows"] == 1
    [asked] = await town.read(ONE)
    assert (asked["cause"], asked["reason"], asked["signed_by"]) == (
        "FORCE_MAJEURE",
        REASON,
        PERSONS.head,
    )
    one = f"{ONE}/{asked['adjustment_id']}"
    await town.done(Role.FB_PERFORMANCE, f"{one}/approve", {})
    assert (await town.read("/targets/P1-2021"))["target_version"] == 2
    [again] = rows(await fetched(town, f"{one}/form"), ADJUSTMENT_SHEET)
    assert again["body"] == {
        "cause": "FORCE_MAJEURE",
        "reason": REASON,
        "document": {"name": PROOF, "sha256": "a" * 64},
        "values": [{"indicator_id": "I1", "name": "指标I1", "before": "100", "target_value": "75"}],
    }
    basics, values, proofs, opinions = tables(await fetched(town, f"{one}/form", form="docx"))
    assert PERSONS.head in {cell for row in basics for cell in row}
    assert values[1] == ["I1", "指标I1", "100", "75"]
    assert proofs[1] == [PROOF, "a" * 64]
    assert opinions[1][:2] == ["绩效科", "同意"]


async def test_a_stale_form_is_refused_at_its_values(real_town: Town) -> None:
    town = real_town
    await binding(town)
    empty = await fetched(town, EMPTY, Role.UNIT_HEAD)
    stale = Upload(Role.UNIT_HEAD, OPERATION, filled(empty, "75", before="99"))
    answer = await sent(town, stale, accept=True)
    assert "shown-value-stale" in answer.text
    assert await town.read(ONE) == []
