"""Codes of payment orders and requests to the treasury, in both languages."""

from typing import Final

ORDER_VOCABULARY: Final = {
    "OrderStatus": {
        "INTENT": ("待签发", "Drafted"),
        "RELEASED": ("已签发", "Released"),
        "SENT": ("已发送", "Sent"),
        "ACCEPTED": ("银行已受理", "Accepted by the bank"),
        "UNKNOWN": ("结果不明", "Outcome unknown"),
        "QUERIED": ("查询中", "Being asked about"),
        "MISSING": ("银行查无此笔", "Unknown to the bank"),
        "SETTLED": ("已支付", "Settled"),
        "RETURNED": ("已退回", "Returned"),
        "REJECTED": ("银行拒绝", "Rejected"),
        "CANCELLED": ("已作废", "Cancelled"),
    },
    "BankAnswer": {
        "PENDING": ("处理中", "Pending"),
        "ACCEPTED": ("已受理", "Accepted"),
        "SETTLED": ("已支付", "Settled"),
        "REJECTED": ("已拒绝", "Rejected"),
        "NOT_FOUND": ("查无此笔", "Not found"),
    },
    "RecallStatus": {
        "REQUESTED": ("已申请撤回", "Requested"),
        "ACCEPTED": ("同意撤回", "Granted"),
        "REFUSED": ("拒绝撤回", "Refused: the claim is open again"),
        "RETURNED": ("已退回", "Returned"),
    },
    "OrderBreakKind": {
        "AMOUNT_DIFFERS": ("金额不符", "Amount differs"),
        "SETTLED_AFTER_REJECTED": ("先拒后付", "Settled after it was rejected"),
        "SETTLED_UNSENT": ("未发送而支付", "Settled though never sent"),
        "REJECTED_AFTER_SETTLED": ("先付后拒", "Rejected after it was settled"),
        "NOT_FOUND_AFTER_ANSWER": ("答复后称查无此笔", "Not found after it was answered"),
        "ANSWERS_CONTRADICT": ("答复前后矛盾", "Answers contradict"),
        "RETURN_UNMATCHED": ("退款无对应支付", "Return fits no payment"),
        "RECALL_CONTRADICTED": ("撤回答复前后矛盾", "Answers to the recall contradict"),
    },
    "RequestKind": {
        "FREEZE": ("冻结指标", "Freeze quota"),
        "UNFREEZE": ("解冻指标", "Release quota"),
        "REDUCE": ("调减指标", "Reduce quota"),
        "RECOVER": ("收回资金", "Recover money"),
        "QUOTA": ("追加指标", "Add quota"),
    },
    "RequestStatus": {
        "OPEN": ("待接收", "Open"),
        "ACKNOWLEDGED": ("已接收", "Acknowledged"),
        "EXECUTED": ("已执行", "Executed"),
        "REFUSED": ("已拒绝", "Refused"),
    },
}
