"""What the public wrote in the year the portal shows, and what became of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from services.disclosure.domain import comment
from services.disclosure.domain.comment.values import About, CommentChannel, RejectionReason
from tests.disclosure.first_year import CITY, KASHGAR, PUBLISHER, A
from tests.disclosure.world import SAID_AT

ANSWERED: Final = f"PL-{KASHGAR}-20210301-7K3MQ9XW2A"
SHOWN: Final = f"PL-{CITY}-20210301-2A7K3MQ9XW"
REJECTED: Final = f"PL-{KASHGAR}-20210301-XW2A7K3MQ9"
ANSWER: Final = "该项目绩效目标已于3月2日公开，请查阅公开事项页面。"
QUESTION: Final = "该项目<b>的绩效目标何时公开？"
_BY: Final[dict[str, Any]] = {"by": PUBLISHER, "now": SAID_AT}


def _filed(number: str, region: str, about: About, about_id: str, text: str) -> comment.FileComment:
    filing = comment.Filing(
        case_number=number,
        region_code=region,
        unit_code="",
        about=about,
        about_id=about_id,
        text=text,
        channel=CommentChannel.ONLINE,
        received_on=date(2021, 3, 1),
    )
    return comment.FileComment(filing=filing, sender=number, contact=None, by="public", now=SAID_AT)


def comments() -> Sequence[object]:
    """One answered, one that waits for its answer, one not shown."""
    return [
        _filed(ANSWERED, KASHGAR, About.PROJECT, A.code, QUESTION),
        comment.PublishComment(case_number=ANSWERED, redactions=(), unit_code=A.unit, **_BY),
        comment.AnswerComment(case_number=ANSWERED, text=ANSWER, **_BY),
        _filed(SHOWN, CITY, About.NOTHING, "", "建议在首页增加各乡镇的支出情况。"),
        comment.PublishComment(case_number=SHOWN, redactions=(), unit_code=None, **_BY),
        _filed(REJECTED, KASHGAR, About.UNIT, A.unit, "某某商店开业大酬宾，欢迎选购。"),
        comment.RejectComment(
            case_number=REJECTED, reason=RejectionReason.ADVERTISING, explanation="商业广告", **_BY
        ),
    ]
