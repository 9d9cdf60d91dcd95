"""Comments of the public, without a login: POST /v1/comments, and one follow-up to an answer.

Counted first, then read, sealed and decided. An address enters a fact only as a keyed hash, a
contact only as a sealed box, a text only without personal numbers.
"""

import json
from hmac import compare_digest
from typing import Annotated, Final

from fastapi import APIRouter, Body, Header, Path, Request, Response
from sqlmodel import col, select

from services.disclosure.api.comment_commands import new_case_number
from services.disclosure.api.comment_schemas import FileCommentBody, ReopenCommentBody
from services.disclosure.api.comment_views import CommentFiledView
from services.disclosure.api.intake.rate_limit import RateLimitedRoute, address_of
from services.disclosure.domain import comment
from services.disclosure.domain.comment.refusals import CommentSubjectUnknown, FollowUpNotYours
from services.disclosure.domain.comment.screening import screened
from services.disclosure.domain.comment.values import About, CommentChannel
from services.disclosure.projections.disclosure_register import item
from services.disclosure.projections.project_register import ProjectRow
from services.disclosure.projections.region_register import RegionRow
from services.disclosure.projections.unit_register import UnitRow
from shared.asking import Ask
from shared.domain.sealed import Sealed
from shared.domain.workdays import business_date
from shared.http.idempotency import fingerprint, scoped_key
from shared.http.identity import ANYBODY, scope_in
from shared.http.operations import fresh_id
from shared.http.policy import EVERYONE
from shared.http.position import Position
from shared.http.preconditions import etag
from shared.http.problems import Unavailable
from shared.http.reading import Read, ReadingNow
from shared.http.routes import refusals
from shared.http.sealing import vault_of
from shared.sealing import Personal
from shared.telemetry import current_correlation, traceparent_of

COMMENT_BYTES_MAX: Final = 16_384
COMMENTS_PATH: Final = "/v1/comments"
FORM_PATH: Final = "/portal/comments/new"
FORM_BYTES_MAX: Final = 32_768
"""A form writes a character of Chinese in nine bytes."""
UPLOADS: Final = {COMMENTS_PATH: COMMENT_BYTES_MAX, FORM_PATH: FORM_BYTES_MAX}
"""A comment is a small thing: larger bodies are refused before they are read."""

router: Final = APIRouter(tags=["Comments"], route_class=RateLimitedRoute)

Key = Annotated[
    str | None,
    Header(max_length=256, description="A fresh UUID per comment: sent again, it is one case."),
]
_FILED: Final = {
    "region_code": "653100",
    "about": "PROJECT",
    "about_id": "65310021T000000000001",
    "text": "贵单位2021年农村饮水项目的绩效目标何时公开？",
    "name": "张某",
    "contact": "13800000000",
}
_AGAIN: Final = {"text": "答复中没有说明公开的日期，请补充。", "follow_up_key": "0" * 32}


@router.post(
    "/comments", operation_id="file_comment", status_code=201, responses=refusals(409, 413)
)
async def file_comment(
    request: Request,
    response: Response,
    read: ReadingNow,
    body: Annotated[FileCommentBody, Body(examples=[_FILED])],
    idempotency_key: Key = None,
) -> CommentFiledView:
    """Comment on an item, a project, a unit or nothing in particular. No login is needed.

    The answer is a case number: whoever has it can follow the case. The text is shown once it was
    looked at; the contact, if one is left, is sealed and never shown to the public.
    """
    filed = await taken_in(request, response, read, body, idempotency_key)
    response.headers["location"] = f"{COMMENTS_PATH}/{filed.case_number}"
    return filed


async def taken_in(
    request: Request,
    response: Response,
    read: Read,
    body: FileCommentBody,
    idempotency_key: str | None,
) -> CommentFiledView:
    """The one way in, for the API and for the form of the portal: placed, sealed, decided."""
    region, unit = await _place(read, body)
    now = read.runtime.clock.now()
    today = business_date(now)
    command = comment.FileComment(
        filing=comment.Filing(
            case_number=new_case_number(fresh_id(), region, today),
            region_code=region,
            unit_code=unit,
            about=body.about,
            about_id=body.about_id,
            text=body.text,
            channel=CommentChannel.ONLINE,
            received_on=today,
        ),
        sender=await _sender(read, request),
        contact=await _sealed(read, body),
        by=ANYBODY.actor,
        now=now,
    )
    case = await _handled(read, response, command, idempotency_key)
    return CommentFiledView(case_number=case, follow_up_key=await _follow_up_key(read, case))


@router.post(
    "/comments/{case_number}/reopen",
    operation_id="reopen_comment",
    status_code=204,
    responses=refusals(409, 413),
)
async def reopen_comment(
    request: Request,
    response: Response,
    read: ReadingNow,
    case_number: Annotated[str, Path(min_length=1, max_length=100)],
    body: Annotated[ReopenCommentBody, Body(examples=[_AGAIN])],
) -> None:
    """Ask once more after an answer, with the key that came with the case number.

    The same text again is the same follow-up.
    """
    await followed_up(request, response, read, case_number, body)


async def followed_up(
    request: Request, response: Response, read: Read, case_number: str, body: ReopenCommentBody
) -> None:
    """The one way to ask once more, for the API and for the form of the portal."""
    key = await _follow_up_key(read, case_number)
    if not compare_digest(body.follow_up_key.encode(), key.encode()):
        raise FollowUpNotYours(pointer="/follow_up_key")
    command = comment.ReopenComment(
        case_number=case_number,
        text=body.text,
        sender=await _sender(read, request),
        by=ANYBODY.actor,
        now=read.runtime.clock.now(),
    )
    await _handled(read, response, command, None)


async def _follow_up_key(read: Read, case: str) -> str:
    """Case numbers are public once a text is shown; the key of a case only its commenter has.

    It follows from the number and the key of the installation, so nobody has to keep it.
    """
    return await vault_of(read.runtime).subject(f"follow-up|{case}")


async def _place(read: Read, body: FileCommentBody) -> tuple[str, str]:
    """The region and the unit of what a comment is about."""
    if body.about is About.ITEM:
        told = await read.first(item(body.about_id))
        if told is not None:
            return told.region_code, told.unit_code
        raise _unknown()
    if body.about is About.PROJECT:
        query = select(ProjectRow).where(ProjectRow.project_code == body.about_id)
        project = await read.first(query.order_by(col(ProjectRow.fiscal_year)))
        if project is not None:
            return project.region_code, project.unit_code
        raise _unknown()
    if body.about is About.UNIT:
        unit = await read.first(select(UnitRow).where(UnitRow.unit_code == body.about_id))
        if unit is not None:
            return unit.region_code, unit.unit_code
        raise _unknown()
    if body.about_id:
        raise _unknown()
    known = await read.first(select(RegionRow).where(RegionRow.region_code == body.region_code))
    if known is None:
        raise _unknown("/region_code")
    return body.region_code, ""


def _unknown(pointer: str = "/about_id") -> CommentSubjectUnknown:
    return CommentSubjectUnknown(
        pointer=pointer,
        remedy="Check the code, or comment about nothing in particular.",
        remedy_zh="请核对编号，或选择不针对具体事项",
    )


async def _sender(read: Read, request: Request) -> str:
    """The address as a keyed hash: the same one is recognised, nobody finds out which it was."""
    return await vault_of(read.runtime).subject(f"address|{address_of(request)}")


async def _sealed(read: Read, body: FileCommentBody) -> Sealed | None:
    if not body.contact.strip():
        return None
    fields = {"name": body.name, "contact": body.contact}
    person = Personal(f"commenter|{body.contact}", fields)
    (sealed,) = await vault_of(read.runtime).seal([person])
    return sealed


async def _handled(
    read: Read,
    response: Response,
    command: comment.FileComment | comment.ReopenComment,
    idempotency_key: str | None,
) -> str:
    """Decide and record; answers the case number, of the first time where it is a repetition."""
    header = idempotency_key.encode() if idempotency_key else None
    key = scoped_key(header, ANYBODY.actor, required=False)
    ask = Ask(
        commands=(command,),
        actor=ANYBODY.actor,
        unit="",
        now=command.now,
        correlation_id=current_correlation(),
        causation_id=current_correlation(),
        may=scope_in(ANYBODY, EVERYONE).may_write,
        key=key,
        fingerprint=_print(command) if key and isinstance(command, comment.FileComment) else b"",
        traceparent=traceparent_of(current_correlation()),
    )
    if read.runtime.handling is None:
        raise Unavailable
    answer = await read.runtime.handling.handle(ask)
    position = Position(read.runtime.service, answer.stream, answer.version, answer.said)
    response.headers["etag"] = etag(answer.version)
    response.headers["abacus-position"] = position.token()
    return answer.id


def _print(command: comment.FileComment) -> bytes:
    """The fingerprint of a comment: what is personal enters it as it is kept, sealed or masked."""
    filing, box = command.filing, command.contact
    said = {
        "region_code": filing.region_code,
        "about": filing.about.value,
        "about_id": filing.about_id,
        "text": screened(filing.text).text,
        "contact": "" if box is None else f"{box.key_id}|{box.box}",
    }
    return fingerprint("file_comment", {"sender": command.sender}, b"", json.dumps(said).encode())
