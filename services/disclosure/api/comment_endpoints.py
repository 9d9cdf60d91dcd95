"""Commands of the office about public comments, with their addresses."""

from typing import Final

from services.disclosure.api import comment_commands as do
from services.disclosure.api.comment_schemas import ReceivedCommentBody
from shared.http.commands import CommandEndpoint, Confidential

COMMENTS: Final = "Comments"

COMMENT_COMMANDS: Final = (
    CommandEndpoint(
        path="/comments/record",
        translate=do.record_comment,
        tag=COMMENTS,
        creates=True,
        location="/comments/{id}",
        confidential=Confidential(body=ReceivedCommentBody, identity=do.contact_of),
        example={
            "region_code": "653100",
            "channel": "LETTER",
            "received_on": "2021-03-01",
            "text": "请公开农村饮水项目的绩效目标。",
            "name": "张某",
            "contact": "13800000000",
        },
    ),
    CommandEndpoint(
        path="/comments/{case_number}/publish",
        translate=do.publish_comment,
        tag=COMMENTS,
        example={"redactions": ["张某某"], "unit_code": "653100001"},
    ),
    CommandEndpoint(
        path="/comments/{case_number}/reject",
        translate=do.reject_comment,
        tag=COMMENTS,
        example={"reason": "ADVERTISING", "explanation": "留言为商业广告，不予公开。"},
    ),
    CommandEndpoint(
        path="/comments/{case_number}/answer",
        translate=do.answer_comment,
        tag=COMMENTS,
        example={"text": "该项目绩效目标已于3月2日公开，请查阅绩效公开专栏。"},
    ),
    CommandEndpoint(
        path="/comments/{case_number}/reveal-contact",
        translate=do.reveal_comment_contact,
        tag=COMMENTS,
        example={"purpose": "ANSWER", "reason": "需向留言人补充材料"},
    ),
    CommandEndpoint(
        path="/comments/{case_number}/erase-contact",
        translate=do.erase_comment_contact,
        tag=COMMENTS,
        example={"reason": "留言人要求删除"},
    ),
)
