"""Caps, recoveries, cuts and duplicates over HTTP, on a real database: read, explained, signed."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any, Final
from zipfile import ZipFile

import pytest
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from services.evaluation.api.forms.money_sheets import CUT_SHEET, RECOVERY_SHEET
from services.evaluation.domain.application import NoteApplication
from services.evaluation.domain.funds.messages import NoteCommitted, NoteQuota
from services.evaluation.domain.unit import NoteApprovedBudget, NoteGrant
from shared.documents.reading import read_workbook
from shared.http.policy import Role
from tests.evaluation.county import County
from tests.evaluation.story import DEPT, NOW, PROJECT, REGION, UNIT, yuan

ONE: Final = f"/linkages/{UNIT}-2021"
CONSTRAINT: Final = f"/budget-constraints/{UNIT}-2021"
OF: Final[dict[str, Any]] = {"by": "heard", "now": NOW}
CLAIM: Final = "/recoveries/P1-2021-1"


def steps(told: Any) -> dict[str, str]:  # noqa: ANN401 - JSON
    """The values of an explanation, by name."""
    return {step["name"]: step["value"] for step in told["steps"]}


def facts(told: Any) -> Sequence[str]:  # noqa: ANN401 - JSON
    """The names of the events it rests on."""
    return [one["fact"] for one in told["inputs"]]


async def bound(county: County) -> None:
    """A poor unit with 2,000 approved for 2022, told, heard and confirmed for 2023."""
    await county.founded()
    await county.appraised()
    await county.heard(
        NoteApprovedBudget(
            unit_code=UNIT, project_code="P2", fiscal_year=2022, budget=yuan(2000), **OF
        )
    )
    await county.done(Role.FB_LEADER, "/linkages", {"unit_code": UNIT, "basis_fiscal_year": 2021})
    exempt = {
        "project_code": "P7",
        "kind": "STATUTORY",
        "amount": "1000000.00",
        "reason": "法定支出",
        "document_no": "财社〔2022〕1号",
    }
    await county.done(Role.FB_BUDGET, f"{ONE}/exempt", exempt)
    await county.done(Role.FB_BUSINESS, f"{ONE}/notify", {"document_no": "挂〔2022〕1号"})
    await county.done(Role.UNIT_HEAD, f"{ONE}/answer", {"agrees": True})
    early = await county.client.get(f"/v1{CONSTRAINT}", headers=county.by(Role.FB_BUDGET))
    assert early.status_code == 404
    await county.done(Role.FB_BUDGET, f"{ONE}/confirm", subject="another-of-the-budget-office")


async def test_a_cap_is_followed_from_the_grade_to_the_budget(real_county: County) -> None:
    county = real_county
    await bound(county)
    shown = await county.read(ONE)
    assert (shown["status"], shown["cap"], shown["disposition"]) == (
        "CONFIRMED",
        "18000000.00",
        "CUT_OR_CANCEL",
    )
    grant = NoteGrant(
        unit_code=UNIT, project_code="P3", fiscal_year=2023, granted=yuan(1801), exempt=False, **OF
    )
    await county.heard(grant)
    await county.done(Role.FB_BUDGET, f"{ONE}/verify")
    listed = (await county.read("/linkages", budget_year=2023, status="BREACHED"))["items"]
    assert [row["excess"] for row in listed] == ["10000.00"]
    silent = await county.ask(Role.FB_BUDGET, f"{ONE}/close")
    assert silent.json()["type"].endswith("/cap-breached")
    await county.done(Role.FB_BUDGET, f"{ONE}/close", {"remark": "已追减1万元"})
    assert (await county.read(ONE))["status"] == "CLOSED"
    why = await county.read(f"{ONE}/explanation")
    assert why["applied"] == {
        "rule": "linkage: cap = previous budget × factor of the grade (domain §4.9)",
        "rule_set_version": 1,
        "legal_basis": "财预〔2020〕10号",
    }
    told = steps(why)
    assert (told["previous_budget"], told["cap"]) == ("20000000.00", "18000000.00")
    assert float(told["factor"]) == 0.9
    assert {"AppraisalConcluded", "ApprovedBudgetNoted", "RulesAdopted", "LinkageConfirmed"} <= set(
        facts(why)
    )


def verify(document: Any, signature: str, key: Any) -> Any:  # noqa: ANN401 - JSON
    """A reader that knows RFC 8785 and JOSE, and none of our code."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    payload = urlsafe_b64encode(canonical.encode()).decode().rstrip("=")
    header, nothing, mac = signature.split(".")
    assert nothing == ""
    found = jws.deserialize_compact(
        f"{header}.{payload}.{mac}", OKPKey.import_key(key), algorithms=["Ed25519"]
    )
    assert found.headers()["kid"] == key["kid"]
    return json.loads(found.payload)


async def test_a_reader_verifies_the_constraint_with_the_published_key(
    real_county: County,
) -> None:
    county = real_county
    await bound(county)
    keys = (await county.client.get("/v1/budget-constraint-keys")).json()["keys"]
    pulled = await county.read("/budget-constraints", Role.FB_BUDGET, budget_year=2023)
    (signed,) = pulled["items"]
    document = verify(signed["document"], signed["signature"], keys[0])
    assert (document["cap"], document["grade"], document["budget_year"]) == (
        "18000000.00",
        "POOR",
        2023,
    )
    assert document["exemptions"] == [
        {
            "project_code": "P7",
            "kind": "STATUTORY",
            "amount": "1000000.00",
            "reason": "法定支出",
            "document_no": "财社〔2022〕1号",
        }
    ]
    with pytest.raises(JoseError):
        verify({**signed["document"], "cap": "19000000.00"}, signed["signature"], keys[0])
    grant = NoteGrant(
        unit_code=UNIT, project_code="P3", fiscal_year=2023, granted=yuan(1), exempt=False, **OF
    )
    await county.heard(grant)
    await county.done(Role.FB_BUDGET, f"{ONE}/verify")
    assert await county.read(CONSTRAINT, Role.FB_BUDGET) == signed
    assert (await county.read("/budget-constraints", budget_year=2024))["items"] == []


async def v5(county: County) -> None:
    """Quota 500, paid 210, verified commitments 150: 140 is claimed, told, heard and approved."""
    await county.founded(paid=210)
    common: dict[str, Any] = {"project_code": "P1", "fiscal_year": 2021, **OF}
    await county.heard(
        NoteQuota(**common, version=1, region_code=REGION, issued=yuan(500)),
        NoteCommitted(**common, version=2, change=yuan(150)),
    )
    body = {
        "recovery_id": "P1-2021-1",
        "project_code": "P1",
        "fiscal_year": 2021,
        "reason": "LOW_EXECUTION",
        "route": "QUOTA_WITHDRAWAL",
        "amount": "1400000.00",
        "basis": "执行率低于50%",
    }
    more = await county.ask(Role.FB_BUSINESS, "/recoveries", {**body, "amount": "1400000.01"})
    assert more.status_code == 422
    assert more.json()["details"]["recoverable"] == "1400000.00"
    wrong = await county.ask(Role.FB_BUSINESS, "/recoveries", {**body, "quota": "6000000.00"})
    assert wrong.json()["type"].endswith("/ledger-says-otherwise")
    await county.done(Role.FB_BUSINESS, "/recoveries", body)
    second = {**body, "recovery_id": "P1-2021-2", "amount": "0.01"}
    doubled = await county.ask(Role.FB_BUSINESS, "/recoveries", second)
    assert doubled.json()["details"]["claimed"] == "1400000.00"
    notice = {"document_no": "收〔2021〕1号", "answer_by": "2100-01-01"}
    await county.done(Role.FB_BUSINESS, f"{CLAIM}/notify", notice)


async def test_v5_is_explained_and_its_money_is_followed(real_county: County) -> None:
    county = real_county
    await v5(county)
    why = await county.read(f"{CLAIM}/explanation")
    told = steps(why)
    assert [told[name] for name in ("quota", "paid", "commitments", "frozen", "recoverable")] == [
        "5000000.00",
        "2100000.00",
        "1500000.00",
        "0.00",
        "1400000.00",
    ]
    assert why["applied"]["legal_basis"] == "财预〔2020〕10号"
    assert {"QuotaNoted", "CommittedNoted", "PaidNoted", "RecoveryIdentified"} <= set(facts(why))
    assert (await county.read("/reallocations", to_project_code="P2"))["items"] == []


async def test_money_that_was_paid_in_is_used_and_counts_once(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.recovered()
    await county.booked()
    use = {
        "entry": "E1",
        "to_project_code": "P2",
        "to_unit_code": "653121009",
        "purpose": "农村饮水",
        "amount": "300000.00",
        "document_no": "统〔2021〕1号",
    }
    await county.done(Role.FB_BUDGET, f"{CLAIM}/reallocate", use)
    await county.done(Role.FB_BUDGET, f"{CLAIM}/reallocate", use)
    too_much = await county.ask(Role.FB_BUDGET, f"{CLAIM}/reallocate", {**use, "entry": "E2"})
    assert too_much.json()["details"]["left"] == "200000.00"
    (went,) = (await county.read("/reallocations", to_project_code="P2"))["items"]
    assert (went["amount"], went["project_code"]) == ("300000.00", "P1")
    silent = await county.ask(Role.FB_BUDGET, f"{CLAIM}/close")
    assert silent.json()["type"].endswith("/money-left-unexplained")
    await county.done(Role.FB_BUDGET, f"{CLAIM}/close", {"remark": "结转预算稳定调节基金"})
    figures = await county.read("/recoveries/statistics", year=2021, region=REGION)
    assert (figures["project_count"], figures["amount"]) == (1, "500000.00")
    assert len((await county.read("/recoveries", booked_in=2021))["items"]) == 1
    assert (await county.read("/recoveries", booked_in=2022))["items"] == []


async def export(county: County, path: str, **query: object) -> bytes:
    """A file."""
    asked = {name: str(value) for name, value in query.items()}
    headers = county.by(Role.FB_BUSINESS)
    answer = await county.client.get(f"/v1{path}", params=asked, headers=headers)
    assert answer.is_success, answer.text[:800]
    return answer.content


async def imported(county: County, operation: str, content: bytes, kind: str) -> Any:  # noqa: ANN401
    """The report of an import."""
    headers = {**county.by(Role.FB_BUSINESS), "content-type": kind}
    answer = await county.client.post(
        "/v1/imports", params={"operation": operation}, content=content, headers=headers
    )
    assert answer.is_success, answer.text[:800]
    return answer.json()


XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def test_the_ledger_of_recoveries_goes_out_and_comes_in_unchanged(
    real_county: County,
) -> None:
    county = real_county
    await v5(county)
    book = await export(county, "/recovery-ledger/form", fiscal_year=2021)
    (line,) = list(read_workbook(book, RECOVERY_SHEET))
    assert line.fields["body"]["amount"] == "1400000.00"
    titles = [column.title for column in RECOVERY_SHEET.columns[:12]]
    assert " ".join(titles) == (
        "序号 单位 项目 指标文号 原指标 已支付 收回金额 收回原因 收回方式 凭证号 日期 统筹去向"
    )
    for content, kind in (
        (book, XLSX),
        (
            await export(county, "/recovery-ledger/form", fiscal_year=2021, form="ndjson"),
            "application/x-ndjson",
        ),
    ):
        report = await imported(county, "identify_recovery", content, kind)
        assert (report["good"], report["refused_rows"]) == (1, 0), report
    paper = await export(county, f"{CLAIM}/notice")
    text = ZipFile(BytesIO(paper)).read("word/document.xml").decode()
    for said in ("资金收回通知书", "交通局", "收〔2021〕1号", "140", "低效（执行率偏低）"):
        assert said in text, said


async def test_the_ledger_of_cuts_goes_out_and_comes_in_unchanged(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.cut()
    book = await export(county, "/budget-cut-ledger/form", budget_year=2022)
    (line,) = list(read_workbook(book, CUT_SHEET))
    assert line.fields["body"]["requested"] == "10000000.00"
    report = await imported(county, "propose_cut", book, XLSX)
    assert (report["good"], report["refused_rows"]) == (1, 0), report
    paper = await export(county, "/budget-cuts/P9-2022/notice")
    text = ZipFile(BytesIO(paper)).read("word/document.xml").decode()
    for said in ("预算调减通知书", "2022年申请项目", "调〔2021〕1号", "52.00", "差"):
        assert said in text, said
    why = await county.read("/budget-cuts/P9-2022/explanation")
    assert steps(why)["disposition"] == "CUT_OR_CANCEL"
    assert {"PriorResultRecorded", "RulesAdopted", "CutConfirmed"} <= set(facts(why))


def applying(code: str, name: str, function: str = "2140106") -> NoteApplication:
    """What asks for 2023."""
    return NoteApplication(
        project_code=code,
        name=name,
        fiscal_year=2023,
        region_code=REGION,
        department_code=DEPT,
        unit_code=UNIT,
        function_code=function,
        fund_type_code="111",
        requested=yuan(1000),
        origin="OFFICIAL",
        **OF,
    )


async def test_applications_that_resemble_a_judged_project_are_proposed(
    real_county: County,
) -> None:
    county = real_county
    await county.founded(replace(PROJECT, name="交通局2021年农村公路项目", function_code="2140106"))
    await county.accepted()
    await county.heard(
        applying("N1", "交通局2023年农村公路工程（7）"), applying("N2", "交通局2023年办公用房维修")
    )
    lowered = {"score": "70.00", "reason": "现场核实里程不足"}
    await county.done(
        Role.FB_PERFORMANCE, "/self-evaluations/P1-2021/recheck", lowered, subject="other"
    )
    groups = (await county.read("/budget-cuts/candidates", budget_year=2023))["items"]
    found = {group["project_code"]: group["similar"] for group in groups}
    assert found["N2"] == []
    (one,) = found["N1"]
    assert (one["grade"], one["likeness"], one["same_function"]) == ("FAIR", "1.0000", True)
    assert (one["amount_min"], one["amount_max"]) == ("1000000.00", "3000000.00")


async def test_what_overlaps_is_found_and_decided(real_county: County) -> None:
    county = real_county
    await county.founded()
    await county.heard(
        applying("N1", "交通局2023年乌帕尔镇村级道路硬化项目"),
        applying("N2", "2023年乌帕尔镇村级道路硬化工程（8）"),
        applying("N3", "交通局2023年办公用房维修"),
    )
    found = await county.read("/duplicates/candidates", fiscal_year=2023)
    assert found["programmes"] == 3
    (group,) = found["groups"]
    members = [one["project_code"] for one in group["members"]]
    assert (group["kind"], members) == ("OVERLAP", ["N1", "N2"])
    body = {
        "group_id": "G1",
        "fiscal_year": 2023,
        "kind": group["kind"],
        "project_codes": members,
        "reason": "同一路段两次申报",
    }
    await county.done(Role.FB_BUSINESS, "/duplicates", body)
    decision = {"restructure": True, "keeps": "N1"}
    await county.done(Role.FB_BUDGET, "/duplicates/G1/decide", decision)
    await county.done(Role.FB_BUDGET, "/duplicates/G1/close", {"document_no": "调〔2022〕1号"})
    shown = await county.read("/duplicates/G1")
    assert (shown["status"], shown["disposition"]) == ("CLOSED", "RESTRUCTURE")
    why = await county.read("/duplicates/G1/explanation")
    assert steps(why)["N1 ~ N2"] == "1.0000"
    assert (await county.read("/duplicates", status="CLOSED"))["items"] == [shown]
