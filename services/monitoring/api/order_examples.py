"""What a request about payment orders may look like: a school repair in Shufu County, 2021."""

from collections.abc import Mapping
from typing import Any, Final

ORDER_EXAMPLES: Final[Mapping[str, Any]] = {
    "draft_payment_order": {
        "pay_cert_no": "ZF20210415000123",
        "project_code": "65312121T000000000042",
        "fiscal_year": 2021,
        "amount": "860000.00",
        "debtor": {
            "name": "疏附县国库集中支付中心",
            "number": "65001630100059000001",
            "bank_no": "105894000010",
        },
        "creditor": {
            "name": "喀什建工集团有限责任公司",
            "number": "65001630200052500777",
            "bank_no": "102894000027",
        },
        "purpose": "校舍维修改造首期工程款",
        "execute_on": "2021-04-15",
        "bgt_id": "6531212021030100042",
        "exp_func_code": "2050203",
        "gov_bgt_eco_code": "50601",
        "dep_bgt_eco_code": "31006",
    },
    "cancel_payment_order": {"reason": "合同变更，重新申请支付"},
    "send_payment_batch": {"batch_id": "20210415-01", "orders": ["653121-ZF20210415000123"]},
    "repeat_payment_batch": {"repeat_id": "1"},
    "query_payment": {"query_id": "CX20210415000001"},
    "hear_payment_status": {
        "answer": "SETTLED",
        "amount": "860000.00",
        "booked_on": "2021-04-15",
        "bank_ref": "2021041500998877",
    },
    "hear_payment_return": {
        "return_id": "TH20210601000007",
        "amount": "60000.00",
        "returned_on": "2021-06-01",
        "reason_code": "AC04",
    },
    "recall_payment": {
        "recall_id": "CH20210416000001",
        "reason_code": "DUPL",
        "reason": "重复申请，请退回",
    },
    "hear_recall_answer": {"recall_id": "CH20210416000001", "answer": "ACCEPTED"},
    "resolve_order_break": {
        "break_id": "AMOUNT_DIFFERS:SETTLED:86000.00",
        "resolution": "REJECTED",
        "note": "银行更正：回执金额有误",
    },
    "execute_treasury_request": {"cur_amt": "1040000.00", "adj_batch_no": "TZ2021041500012"},
    "refuse_treasury_request": {"reason": "指标已全部支付，无法冻结"},
}
