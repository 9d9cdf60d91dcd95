"""Public comments as pages: what was answered, the form, the receipt, one case by its number.

The rule of R7.3 is that of the API (`api/intake/comments.py`): counted, placed, screened, sealed
and decided there. Here it gets a form that needs no script and keeps what was typed.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from uuid import uuid4

from fastapi import Response
from pydantic import ValidationError

from services.disclosure.api.comment_queries import NEWEST
from services.disclosure.api.comment_schemas import FileCommentBody, ReopenCommentBody
from services.disclosure.api.comment_views import ExchangeView
from services.disclosure.api.intake.comments import followed_up, taken_in
from services.disclosure.api.intake.rate_limit import address_of, limit_of
from services.disclosure.domain.comment.values import ROUNDS_MAX, About, CommentStatus
from services.disclosure.portal.addresses import segment
from services.disclosure.portal.comment_subjects import Subject, subject_of, subjects_of
from services.disclosure.portal.field_problems import LIMITS, WHOLE, problems_of
from services.disclosure.portal.visit import Facts, Visit
from services.disclosure.portal.written import written
from services.disclosure.projections import comment_questions as cases
from services.disclosure.projections.comment_register import CommentRow
from shared.domain.refusals import NotFound, Refusal
from shared.http.failures import refusal_of
from shared.http.pages import Paging
from shared.http.problems import status_of

CREATED: Final = 201
SEE_OTHER: Final = 303
NOT_FOUND: Final = 404
SHOWN: Final = (CommentStatus.ANSWERED, CommentStatus.PUBLISHED)
"""How far those have come that the list shows."""
_BODY: Final = ("region_code", "about", "about_id", "text", "name", "contact")
_AGAIN: Final = ("text", "follow_up_key")

type Problems = Mapping[str, str]
type Count = Callable[[], None]
type Take = Callable[[Count], Awaitable[Response]]
type Again = Callable[[Problems, int, Mapping[str, str]], Awaitable[Response]]


async def answered(visit: Visit, paging: Paging) -> Facts:
    """The comments that may be read, the newest first, with their answers."""
    asked = visit.request.query_params
    about, about_id = asked.get("about", ""), asked.get("about_id", "")
    subject = await subject_of(visit.read, about, about_id)
    status = asked.get("status", "")
    wanted = cases.Wanted(
        region_code=visit.span.region_code,
        tree=visit.span.tree,
        about=About(subject.about) if subject.about_id else None,
        about_id=subject.about_id or None,
        status=CommentStatus(status) if status in SHOWN else None,
    )
    found = await visit.read.page(cases.comments_shown(wanted), paging, order=NEWEST)
    numbers = [row.case_number for row in found.items]
    exchanges: dict[str, list[ExchangeView]] = {number: [] for number in numbers}
    for row in await visit.read.all(cases.exchanges_of(numbers)):
        exchanges[row.case_number].append(ExchangeView.of(row))
    return {
        "rows": found.items,
        "exchanges": exchanges,
        "subjects": await subjects_of(visit.read, [(r.about, r.about_id) for r in found.items]),
        "subject": subject,
        "status": status if status in SHOWN else "",
        "statuses": [one.value for one in SHOWN],
        "next": found.next,
        "first": paging.cursor is None,
    }


async def form(visit: Visit) -> Response:
    """An empty form, about what the address names."""
    asked = visit.request.query_params
    subject = await subject_of(visit.read, asked.get("about", ""), asked.get("about_id", ""))
    typed = {"region_code": visit.span.region_code}
    return visit.fresh("comment_form.html", _form(subject, typed, {}))


def _form(subject: Subject, typed: Mapping[str, str], problems: Problems) -> Facts:
    """`key` makes a form that is sent twice one comment."""
    return {
        "subject": subject,
        "typed": typed,
        "problems": problems,
        "limits": LIMITS,
        "key": typed.get("key") or str(uuid4()),
    }


async def submitted(visit: Visit) -> Response:
    """The receipt with the case number; or the form again, with what was typed and what is wrong.

    What is sent twice is one comment: the key of the form and what was written make its key.
    """
    typed = await written(visit.request)
    asked = {name: typed.get(name, "") for name in _BODY}
    asked["about"] = asked["about"] or About.NOTHING.value
    asked["region_code"] = asked["region_code"] or visit.site.root

    async def take(count: Count) -> Response:
        body = FileCommentBody.model_validate(asked)
        count()
        key = _key_of(typed.get("key", ""), asked)
        filed = await taken_in(visit.request, visit.read.response, visit.read, body, key)
        case = visit.url(f"/portal/comments/{segment(filed.case_number)}")
        return visit.fresh("comment_receipt.html", {"filed": filed}, CREATED, {"location": case})

    async def again(problems: Problems, status: int, more: Mapping[str, str]) -> Response:
        subject = await _known(visit, asked)
        return visit.fresh("comment_form.html", _form(subject, typed, problems), status, more)

    return await _counted(visit, take, again)


async def _known(visit: Visit, asked: Mapping[str, str]) -> Subject:
    try:
        return await subject_of(visit.read, asked["about"], asked["about_id"])
    except NotFound:
        return Subject()


def _key_of(key: str, asked: Mapping[str, str]) -> str | None:
    """Another text in a form that was sent before is another comment."""
    if not key:
        return None
    return hashlib.sha256(json.dumps([key, *asked.values()]).encode()).hexdigest()


async def _counted(visit: Visit, take: Take, again: Again) -> Response:
    """Taken, and counted as the API counts; whatever refuses it is told beside the fields.

    A field that is wrong does not count: who mends a form is not who floods it.
    """
    left: dict[str, str] = {}

    def count() -> None:
        now = visit.read.runtime.clock.now()
        left.update(limit_of(visit.request).take(address_of(visit.request), now))

    try:
        response = await take(count)
    except (Refusal, ValidationError) as failure:
        refusal = refusal_of(failure)
        own = refusal.details.get("headers")
        more = {**left, **(own if isinstance(own, dict) else {})}
        return await again(problems_of(refusal, visit.language), status_of(refusal), more)
    response.headers.update(left)
    return response


async def looked_up(visit: Visit) -> Response:
    """The case of a number that was typed; or the question again, with what was typed."""
    typed = visit.request.query_params.get("number", "").strip()
    row = await visit.read.first(cases.comment(typed))
    if row is None:
        row = await visit.read.first(cases.comment(typed.upper()))
    if row is None:
        return _unknown(visit, typed)
    case = visit.url(f"/portal/comments/{segment(row.case_number)}")
    return Response(status_code=SEE_OTHER, headers={"location": case, "cache-control": "no-store"})


def _unknown(visit: Visit, typed: str) -> Response:
    status = NOT_FOUND if typed else 200
    return visit.fresh("comment_lookup.html", {"typed": typed, "unknown": bool(typed)}, status)


async def case(visit: Visit, case_number: str) -> Response:
    """How far a case is, why it is not shown, what was answered."""
    row = await visit.read.first(cases.comment(case_number))
    if row is None:
        return _unknown(visit, case_number)
    return visit.fresh("comment_case.html", await _case(visit, row, {}, {}))


async def _case(visit: Visit, row: CommentRow, typed: Mapping[str, str], problems: Problems) -> Any:  # noqa: ANN401 - the facts of a page
    exchanges = await visit.read.all(cases.exchanges_of([row.case_number]))
    subjects = await subjects_of(visit.read, [(row.about, row.about_id)])
    return {
        "row": row,
        "exchanges": [ExchangeView.of(one) for one in exchanges],
        "subjects": subjects,
        "may_ask": row.status == CommentStatus.ANSWERED.value and row.rounds < ROUNDS_MAX,
        "typed": typed,
        "problems": problems,
        "limits": LIMITS,
        "whole": WHOLE,
    }


async def asked_again(visit: Visit, case_number: str) -> Response:
    """The one follow-up, with the key that came with the case number."""
    typed = await written(visit.request)
    row = await visit.read.one(cases.comment(case_number))

    async def take(count: Count) -> Response:
        body = ReopenCommentBody.model_validate({name: typed.get(name, "") for name in _AGAIN})
        count()
        await followed_up(visit.request, visit.read.response, visit.read, row.case_number, body)
        place = visit.url(f"/portal/comments/{segment(row.case_number)}")
        headers = {"location": place, "cache-control": "no-store"}
        return Response(status_code=SEE_OTHER, headers=headers)

    async def again(problems: Problems, status: int, more: Mapping[str, str]) -> Response:
        facts = await _case(visit, row, typed, problems)
        return visit.fresh("comment_case.html", facts, status, more)

    return await _counted(visit, take, again)
