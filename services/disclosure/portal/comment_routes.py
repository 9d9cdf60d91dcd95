"""The addresses of public comments in the portal. Only a list is kept; a case is read anew."""

from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Path, Response

from services.disclosure.api.intake.comments import FORM_PATH
from services.disclosure.portal import commenting
from services.disclosure.portal.page_route import PageRoute
from services.disclosure.portal.visit import Facts, Visit, Visited
from shared.http.pages import PageRequest

router: Final = APIRouter(route_class=PageRoute, include_in_schema=False)
page: Final = partial(router.api_route, methods=["GET", "HEAD"])
Case = Annotated[str, Path(min_length=1, max_length=100)]


@page("/portal/comments", operation_id="show_comments")
async def show_comments(visit: Visited, paging: PageRequest) -> Response:
    """What was commented and answered."""

    async def make(here: Visit) -> Facts:
        return await commenting.answered(here, paging)

    return await visit.answer("comments.html", make)


@page(FORM_PATH, operation_id="show_comment_form")
async def show_comment_form(visit: Visited) -> Response:
    """The form."""
    return await commenting.form(visit)


@router.post(FORM_PATH, operation_id="submit_comment_form")
async def submit_comment_form(visit: Visited) -> Response:
    """What was written into it."""
    return await commenting.submitted(visit)


@page("/portal/comments/case", operation_id="look_up_comment")
async def look_up_comment(visit: Visited) -> Response:
    """A case, by the number that was typed."""
    return await commenting.looked_up(visit)


@page("/portal/comments/{case_number}", operation_id="show_comment")
async def show_comment(visit: Visited, case_number: Case) -> Response:
    """One case."""
    return await commenting.case(visit, case_number)


@router.post("/portal/comments/{case_number}", operation_id="submit_follow_up_form")
async def submit_follow_up_form(visit: Visited, case_number: Case) -> Response:
    """The follow-up to its answer."""
    return await commenting.asked_again(visit, case_number)
