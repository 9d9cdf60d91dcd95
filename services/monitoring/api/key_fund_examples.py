"""What a request about key funds may look like: a subsidy that reaches Shufu County (疏附县)."""

from collections.abc import Mapping
from typing import Any, Final

_PROOF: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_PROJECT: Final = {"project_code": "65312121T000000000042", "fiscal_year": 2021}
_LINE: Final = {**_PROJECT, "payment_id": "ZF20210615000123", "line_id": "0001"}
_DIRECT: Final[Mapping[str, Any]] = {
    "receive_fund": {
        "region_code": "653100",
        "fiscal_year": 2021,
        "fund_name": "农业生产发展资金",
        "superior_document_no": "新财农〔2021〕18号",
        "direct_fund_flag": "01",
        "kind": "SPECIAL",
        "amount": "12000000.00",
        "received_on": "2021-03-10",
    },
    "allocate_fund": {
        "document_no": "喀财农〔2021〕6号",
        "recipient_kind": "COUNTY",
        "recipient": "653121",
        "amount": "3000000.00",
        "allocated_on": "2021-03-26",
        "direct_fund_flag": "01",
    },
    "issue_fund": {
        "allocation_id": "3f0c9a1be27d4456a1c8",
        **_PROJECT,
        "document_no": "附财预〔2021〕15号",
        "amount": "2300000.00",
    },
    "record_direct_fund": {
        "fund_name": "农业生产发展资金",
        "superior_document_no": "新财农〔2021〕18号",
        "received_on": "2021-03-10",
        "lines": [
            {
                "amount": "3000000.00",
                "document_no": "喀财农〔2021〕6号",
                "allocated_on": "2021-03-26",
                "recipient": "653121",
                "direct_fund_flag": "01",
            },
            {"amount": "9000000.00", "direct_fund_flag": "01"},
        ],
    },
    "open_fund_finding": {
        "region_code": "653121",
        "fiscal_year": 2021,
        "kind": "MISUSED",
        "level": "YELLOW",
        "project_code": "65312121T000000000042",
        "amount": "120000.00",
        "note": "补助资金转入单位往来账户",
    },
    "judge_fund_finding": {"judgement": "VIOLATION", "opinion": "资金未按用途支付，应予退回"},
    "rectify_fund_finding": {"result": "已退回国库12万元", "evidence": [_PROOF]},
}
_LINKAGE: Final[Mapping[str, Any]] = {
    "record_linkage_project": {
        "region_code": "653121",
        **_PROJECT,
        "kind": "INDUSTRY",
        "amount": "2300000.00",
        "target": "建设果蔬保鲜库2座",
        "completion": "已建成1座",
        "beneficiaries": "120/486",
        "score": "91.5",
    },
    "announce_fund": {
        "place": "托克扎克镇政府公示栏",
        "announced_on": "2021-05-06",
        "evidence": _PROOF,
    },
}
_PEOPLE: Final[Mapping[str, Any]] = {
    "record_beneficiary": {
        **_LINE,
        "month": "2021-06",
        "place_code": "653121100",
        "payee_kind": "PERSON",
        "counting": "HOUSEHOLD",
        "persons": 4,
        "amount": "1800.00",
        "name": "张三",
        "number": "11010519491231002X",
    },
    "withdraw_beneficiary": {**_LINE, "reason": "户主变更，重新登记"},
    "publish_beneficiaries": {**_PROJECT, "month": "2021-06"},
    "reveal_data": {**_LINE, "purpose": "FINDING", "reason": "核实同月两次发放"},
    "erase_subject": {**_LINE, "reason": "保存期满，依申请删除个人信息"},
}
_STAGES: Final[Mapping[str, Any]] = {
    "plan_industry_fund": {
        "fund_id": "CY-2021-003",
        "name": "纺织企业稳岗补助",
        "region_code": "653121",
        "department_code": "306",
        "unit_code": "306001",
        "fiscal_year": 2021,
        "amount": "5000000.00",
    },
    "apply_for_industry_fund": {
        "enterprise": "疏附县某纺织有限公司",
        "credit_code": "91350100M000100Y43",
        "amount": "800000.00",
        "evidence": [_PROOF],
    },
    "review_industry_fund": {"conditions_met": True, "opinion": "用工人数、投资额符合条件"},
    "publicize_industry_fund": {
        "place": "县政府门户网站",
        "starts_on": "2021-05-06",
        "ends_on": "2021-05-13",
        "evidence": [_PROOF],
    },
    "allocate_industry_fund": {"document_no": "附财企〔2021〕9号", "amount": "800000.00"},
    "pay_industry_fund": {
        "project_code": "65312121T000000000042",
        "payment_id": "ZF20210615000123",
        "amount": "800000.00",
    },
    "inspect_industry_fund": {"conditions_met": True, "finding": "现场核查新增用工62人"},
    "report_industry_effect": {"jobs": 62, "output": "9600000.00", "tax": "430000.00"},
    "evaluate_industry_fund": {
        "conditions_met": True,
        "score": "88.5",
        "opinion": "达到用工和产值目标",
    },
    "recover_industry_fund": {"document_no": "附财企〔2022〕2号", "amount": "800000.00"},
}
KEY_FUND_EXAMPLES: Final[Mapping[str, Any]] = {**_DIRECT, **_LINKAGE, **_PEOPLE, **_STAGES}
