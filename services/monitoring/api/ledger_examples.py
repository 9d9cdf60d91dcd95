"""What a request about a ledger may look like: a school repair in Shufu County (疏附县), 2021."""

from collections.abc import Mapping
from typing import Any, Final

_CONTRACT: Final = "SF-HT-2021-031"
_PROOF: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
LEDGER_EXAMPLES: Final[Mapping[str, Any]] = {
    "amend_quota": {
        "document_no": "喀财预〔2021〕48号",
        "sup_bgt_doc_no": "新财教〔2021〕77号",
        "bgt_id": "65312121Z000000000117",
        "fund_type_code": "111",
        "change": "-150000.00",
        "amended_on": "2021-06-18",
        "reason": "上级压减一般性支出",
    },
    "recall_quota": {
        "document_no": "喀财预〔2021〕96号",
        "amount": "80000.00",
        "recalled_on": "2021-11-20",
        "reason": "项目结余，收回统筹",
    },
    "book_lines": {
        "lines": [
            {
                "source_id": "GKZF/20210415-007/1",
                "kind": "PAYMENT",
                "payment_id": "ZF20210415000123",
                "amount": "860000.00",
                "booked_on": "2021-04-15",
                "bank_ref": "6217000010001",
                "contract_no": _CONTRACT,
            },
            {
                "source_id": "GKZF/20210415-007/2",
                "kind": "RETURN",
                "payment_id": "ZF20210415000123",
                "return_id": "TH20210416000007",
                "amount": "60000.00",
                "booked_on": "2021-04-16",
                "reason_code": "AC01",
            },
        ]
    },
    "report_break": {
        "kind": "UNMATCHED_INTERNAL",
        "line_id": "ZF20210415000123",
        "amount": "860000.00",
        "booked_on": "2021-04-15",
        "note": "四月对账单无此笔支付",
    },
    "assign_break": {
        "break_id": "UNMATCHED_INTERNAL:ZF20210415000123:860000.00",
        "owner": "FB_TREASURY",
    },
    "register_commitment": {
        "contract_no": _CONTRACT,
        "amount": "1240000.00",
        "supplier": "疏附县宏远建筑有限公司",
        "evidence": [_PROOF],
        "signed_on": "2021-03-20",
    },
    "verify_commitment": {"contract_no": _CONTRACT},
    "note_unit_account": {
        "payment_id": "ZF20210415000123",
        "amount": "860000.00",
        "document_no": "单位账户对账单2021-04",
    },
    "release_commitment": {"contract_no": _CONTRACT, "reason": "工程竣工结算，尾款不再支付"},
}
