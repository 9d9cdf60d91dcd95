"""Public comments over HTTP: nobody logs in, nothing personal is kept, everything is answered."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import asyncpg
import httpx

from shared.contracts import targets
from shared.http.policy import Role
from tests.disclosure import years
from tests.disclosure.first_year import KASHGAR, A
from tests.disclosure.library_acts import YEAR, Bureau, anonymous, tomorrow
from tests.disclosure.world import StandingClock, World, world

NOW: Final = datetime(2021, 3, 1, 2, tzinfo=UTC)
ADDRESS: Final = "203.0.113.77"
SECRETS: Final = ("13812345678", "653101199001011234", "买买提", "6222021234567890123", ADDRESS)
BODY: Final[dict[str, Any]] = {
    "region_code": KASHGAR,
    "about": "UNIT",
    "about_id": A.unit,
    "text": "请公开绩效目标。电话13812345678，证件653101199001011234，"
    "卡号6222 0212 3456 7890 123。",
    "name": "买买提",
    "contact": "13812345678",
}
SHOWN: Final = (
    "请公开绩效目标。电话〔电话号码已隐去〕，证件〔证件号码已隐去〕，卡号〔银行账号已隐去〕。"
)
ANSWER: Final = {"text": "绩效目标已于3月2日公开。"}
REASON: Final = {"purpose": "ANSWER", "reason": "补充材料"}


async def ready(here: World) -> None:
    """The places and projects that comments are about."""
    region = targets.RegionRegistered(region_code=KASHGAR, name="喀什地区")
    unit = targets.UnitRegistered(
        region_code=KASHGAR,
        unit_code=A.unit,
        name="农业农村局",
        department_code="D1",
        department_name="农业",
    )
    rules = years.rules(KASHGAR, 2021)
    await here.hear(region, unit, rules, years.registered(A, 2021), years.approved(A, 2021))


async def filed(
    here: World,
    status: int = 201,
    address: str = ADDRESS,
    **changed: Any,  # noqa: ANN401 - fields
) -> Any:  # noqa: ANN401 - JSON
    """A comment is sent from an address; answers what came back."""
    async with anonymous(here, address) as stranger:
        answer = await stranger.post("/v1/comments", json={**BODY, **changed})
    assert answer.status_code == status, answer.text
    return answer.json()


async def reopened(
    here: World, told: Mapping[str, str], text: str, status: int = 204
) -> httpx.Response:
    """The commenter asks once more, with the key that came with the case number."""
    path, body = f"/v1/comments/{told['case_number']}/reopen", {"text": text}
    async with anonymous(here) as stranger:
        answer = await stranger.post(path, json={**body, "follow_up_key": told["follow_up_key"]})
    assert answer.status_code == status, answer.text
    return answer


async def stored(database: str) -> str:
    """Everything that the database holds, row by row; bytes as hex."""
    connection = await asyncpg.connect(database)
    try:
        tables = await connection.fetch(
            "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables "
            "WHERE schemaname IN ('public', 'past', 'es', 'sealing')"
        )
        rows = [
            row["text"]
            for table in tables
            for row in await connection.fetch(f"SELECT t::text AS text FROM {table['name']} t")  # noqa: S608 - names of the catalogue
        ]
    finally:
        await connection.close()
    return "\n".join(rows)


async def test_a_comment_goes_from_a_stranger_to_a_public_answer(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        bureau = Bureau(here)
        receipt = await filed(here)
        case = receipt["case_number"]
        assert case.startswith("PL-653100-20210301-")
        waiting = await here.get(f"/v1/comments/{case}")
        assert (waiting["status"], waiting["unit_code"]) == ("FILED", A.unit)
        (exchange,) = waiting["exchanges"]
        assert (exchange["text"], exchange["due_on"]) == (None, "2021-03-22")
        assert (await here.get("/v1/comments"))["items"] == []
        await bureau.post(f"/v1/comments/{case}/answer", ANSWER, 409)
        await bureau.post(f"/v1/comments/{case}/publish", {"redactions": ["目标"]})
        (shown,) = (await here.get(f"/v1/comments?region={KASHGAR}&about=UNIT"))["items"]
        assert shown["exchanges"][0]["text"] == SHOWN.replace("目标", "〔已隐去〕")
        head = here.tokens.of(Role.UNIT_HEAD, unit=A.unit)
        leak = {"text": "请联系13998765432"}
        refused = await bureau.post(f"/v1/comments/{case}/answer", leak, 422, who=head)
        assert refused["errors"][0]["pointer"] == "/text"
        await bureau.post(f"/v1/comments/{case}/answer", ANSWER, who=head)
        await bureau.post(f"/v1/comments/{case}/answer", ANSWER, who=head)
        told = await here.get(f"/v1/comments/{case}")
        assert (told["status"], told["exchanges"][0]["answer"]) == ("ANSWERED", ANSWER["text"])
        guessed = {**receipt, "follow_up_key": "0" * 32}
        assert (await reopened(here, guessed, "我不是留言人", 403)).json()["errors"]
        await reopened(here, receipt, "哪一天公开的？")
        await reopened(here, receipt, "哪一天公开的？")
        await reopened(here, receipt, "还有一个问题", 409)
        again = await here.get(f"/v1/comments/{case}")
        assert [one["status"] for one in again["exchanges"]] == ["ANSWERED", "FILED"]
        assert again["exchanges"][1]["text"] is None


async def test_nothing_personal_is_kept_or_shown(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        bureau = Bureau(here)
        case = (await filed(here))["case_number"]
        async with anonymous(here, ADDRESS) as stranger:
            keyed = {"idempotency-key": "one-comment"}
            other = {**BODY, "text": "另一件事：13812345678"}
            for _ in range(2):
                sent = await stranger.post("/v1/comments", json=other, headers=keyed)
                assert sent.status_code == 201
        await bureau.post(f"/v1/comments/{case}/publish", {})
        held = await stored(database)
        assert case in held
        for secret in SECRETS:
            assert secret not in held, secret
            assert secret.encode().hex() not in held, secret
        for path in ("/v1/comments", f"/v1/comments/{case}", "/v1/feed.json"):
            shown = (await here.client.get(path)).text
            assert not [secret for secret in SECRETS if secret in shown]
        desk = await bureau.read("/v1/comments/desk", bureau.drafter)
        assert not [secret for secret in SECRETS if secret in str(desk)]
        (mine,) = (one for one in desk["items"] if one["case_number"] == case)
        assert sorted(mine["exchanges"][0]["masked"]) == [
            "BANK_ACCOUNT",
            "ID_NUMBER",
            "PHONE",
        ]


async def test_a_contact_is_seen_by_whoever_asked_for_ten_minutes_until_it_is_erased(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        bureau = Bureau(here)
        case = (await filed(here))["case_number"]
        contact = f"/v1/comments/{case}/contact"
        await bureau.read(contact, bureau.drafter, 404)
        await bureau.post(f"/v1/comments/{case}/reveal-contact", REASON)
        seen = await bureau.read(contact, bureau.drafter)
        assert (seen["name"], seen["contact"], seen["erased"]) == ("买买提", "13812345678", False)
        await bureau.read(contact, bureau.reviewer, 404)
        await here.get(contact, 401)
        stranger = here.tokens.of(Role.UNIT_HEAD, unit="653100999")
        await bureau.read(contact, stranger, 404)
        await bureau.post(f"/v1/comments/{case}/reveal-contact", REASON, 404, who=stranger)
        clock = here.worker.desk.clock
        assert isinstance(clock, StandingClock)
        clock.moment = NOW + timedelta(minutes=11)
        await bureau.read(contact, bureau.drafter, 404)
        await bureau.post(f"/v1/comments/{case}/reveal-contact", REASON)
        erase = {"reason": "本人要求"}
        await bureau.post(f"/v1/comments/{case}/erase-contact", erase)
        await bureau.post(f"/v1/comments/{case}/erase-contact", erase)
        await bureau.read(contact, bureau.drafter, 404)
        assert "SubjectErased" in await stored(database)
        connection = await asyncpg.connect(database)
        assert await connection.fetchval("SELECT count(*) FROM sealing.subject_key") == 0
        await connection.close()


async def test_a_rejected_comment_shows_its_reason_and_never_its_text(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        bureau = Bureau(here)
        case = (await filed(here, text="低价代办各类贷款，欢迎咨询"))["case_number"]
        reject = {"reason": "ADVERTISING", "explanation": "商业广告"}
        head = here.tokens.of(Role.UNIT_HEAD, unit=A.unit)
        await bureau.post(f"/v1/comments/{case}/reject", reject, 403, who=head)
        await bureau.post(f"/v1/comments/{case}/reject", {**reject, "reason": "CRITICISM"}, 422)
        await bureau.post(f"/v1/comments/{case}/reject", reject)
        await bureau.post(f"/v1/comments/{case}/publish", {}, 409)
        told = await here.get(f"/v1/comments/{case}")
        assert (told["status"], told["exchanges"][0]["rejected_for"]) == ("REJECTED", "ADVERTISING")
        assert told["exchanges"][0]["text"] is None
        assert (await here.get("/v1/comments"))["items"] == []
        await here.get("/v1/comments/PL-653100-20210301-0000000000", 404)


async def test_the_clock_finds_what_was_not_answered_and_the_figures_tell(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        bureau = Bureau(here)
        texts = ("第一件事情", "第二件事情", "第三件事情", "第四件事情")
        cases = [(await filed(here, text=text))["case_number"] for text in texts]
        for case in cases[:2]:
            await bureau.post(f"/v1/comments/{case}/publish", {})
        await bureau.post(f"/v1/comments/{cases[0]}/answer", ANSWER)
        reject = {"reason": "UNRELATED", "explanation": "与绩效无关"}
        await bureau.post(f"/v1/comments/{cases[3]}/reject", reject)
        await tomorrow(here, date(2021, 3, 22))
        assert (await here.get(f"/v1/comments/statistics?{YEAR}"))["overdue"] == 0
        await tomorrow(here, date(2021, 3, 23))
        late = [(await here.get(f"/v1/comments/{one}"))["exchanges"][0]["overdue"] for one in cases]
        assert late == [False, True, True, False]
        await bureau.post(f"/v1/comments/{cases[1]}/answer", ANSWER)
        told = await here.get(f"/v1/comments/statistics?{YEAR}")
        counted = {name: told[name] for name in ("filed", "waiting", "shown", "rejected")}
        assert counted == {"filed": 4, "waiting": 1, "shown": 2, "rejected": 1}
        assert (told["answered"], told["answered_in_time"], told["overdue"]) == (2, 1, 1)
        assert told["rejected_for"]["UNRELATED"] == 1


async def test_a_comment_is_about_something_that_is_known(database: str, tmp_path: Path) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        items: dict[str, Any] = {
            "about": "ITEM",
            "about_id": "TARGET-A-2021",
            "text": "关于公开事项的留言",
        }
        case = (await filed(here, **items))["case_number"]
        assert (await here.get(f"/v1/comments/{case}"))["unit_code"] == A.unit
        project: dict[str, Any] = {
            "about": "PROJECT",
            "about_id": A.code,
            "text": "关于这个项目的留言",
        }
        case = (await filed(here, **project))["case_number"]
        assert (await here.get(f"/v1/comments/{case}"))["unit_code"] == A.unit
        nothing: dict[str, Any] = {
            "about": "NOTHING",
            "about_id": "",
            "text": "不针对具体事项的留言",
        }
        case = (await filed(here, **nothing))["case_number"]
        assert (await here.get(f"/v1/comments/{case}"))["unit_code"] == ""
        other = "198.51.100.9"
        for about in ("ITEM", "PROJECT", "UNIT"):
            refused = await filed(here, 422, other, about=about, about_id="X", text="不存在的事项")
            assert refused["errors"][0]["pointer"] == "/about_id"
            assert refused["errors"][0]["remedy"]
        refused = await filed(here, 422, other, **{**nothing, "region_code": "999999"})
        assert refused["errors"][0]["pointer"] == "/region_code"


async def test_a_letter_is_entered_by_the_office_with_its_day(
    database: str, tmp_path: Path
) -> None:
    async with world(database, tmp_path, NOW) as here:
        await ready(here)
        bureau = Bureau(here)
        letter = {
            "region_code": KASHGAR,
            "text": "来信：请公开绩效目标，电话13812345678",
            "channel": "LETTER",
            "received_on": "2021-02-22",
            "name": "买买提",
            "contact": "13812345678",
        }
        case = (await bureau.post("/v1/comments/record", letter, 201))["id"]
        told = await here.get(f"/v1/comments/{case}")
        assert (told["channel"], told["exchanges"][0]["due_on"]) == ("LETTER", "2021-03-15")
        held = await stored(database)
        assert not [secret for secret in SECRETS if secret in held]
        await bureau.post("/v1/comments/record", {**letter, "region_code": "653121"}, 404)
