"""The addresses of the portal. A page is never more than: this visit, this template, these facts.

`/` is the first page; everything else lies under `/portal`, apart from the APIs.
"""

from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from services.disclosure.portal import calendar, documents, places, projects, proving, rankings
from services.disclosure.portal.assets import BY_NAME
from services.disclosure.portal.comment_routes import router as comments
from services.disclosure.portal.listing import Listing, listed
from services.disclosure.portal.lists_of_money import LISTS_OF_MONEY
from services.disclosure.portal.lists_of_telling import LISTS_OF_TELLING
from services.disclosure.portal.page_route import PageRoute
from services.disclosure.portal.searching import search
from services.disclosure.portal.visit import Facts, Visit, Visited, addresses_of
from shared.domain.refusals import NotFound
from shared.http.pages import PageRequest
from shared.http.policy import EVERYONE, Policy
from shared.http.reading import IMMUTABLE_SECONDS
from shared.http.routes import operation_name, query_routes

router: Final = APIRouter(route_class=PageRoute, include_in_schema=False)
LISTINGS: Final = (*LISTS_OF_MONEY, *LISTS_OF_TELLING)

page: Final = partial(router.api_route, methods=["GET", "HEAD"])
Code = Annotated[str, Path(min_length=1, max_length=200)]


def _add(listing: Listing) -> None:
    """The page of one list."""

    async def show_list(visit: Visited, paging: PageRequest) -> Response:
        async def make(here: Visit) -> Facts:
            return await listed(listing, here, paging)

        return await visit.answer("list.html", make)

    name = listing.name.replace("/", "_").replace("-", "_")
    page(listing.path, operation_id=f"show_list_of_{name}")(show_list)


for _listing in LISTINGS:
    _add(_listing)


@page("/", operation_id="show_overview")
async def show_overview(visit: Visited) -> Response:
    """The first page."""
    return await visit.answer("overview.html", places.overview)


@page("/portal/regions", operation_id="show_regions")
async def show_regions(visit: Visited) -> Response:
    """The regions, compared."""
    return await visit.answer("regions.html", places.regions)


@page("/portal/regions/{region_code}", operation_id="show_region")
async def show_region(visit: Visited, region_code: Code) -> Response:
    """One region."""
    return await visit.answer("region.html", partial(places.region, region_code=region_code))


@page("/portal/units/{unit_code}", operation_id="show_unit")
async def show_unit(visit: Visited, unit_code: Code) -> Response:
    """One unit."""
    return await visit.answer("unit.html", partial(places.unit, unit_code=unit_code))


@page("/portal/projects/{project_code}", operation_id="show_project")
async def show_project(visit: Visited, project_code: Code) -> Response:
    """One project."""
    make = partial(projects.project, project_code=project_code)
    return await visit.answer("project.html", make)


@page("/portal/items/{item_id}", operation_id="show_item")
async def show_item(visit: Visited, item_id: Code) -> Response:
    """One item of what the public is told."""
    return await visit.answer("item.html", partial(projects.told_item, item_id=item_id))


@page("/portal/search", operation_id="show_search")
async def show_search(visit: Visited) -> Response:
    """What was found."""
    return await visit.answer("search.html", search)


@page("/portal/rankings", operation_id="show_rankings")
async def show_rankings(visit: Visited) -> Response:
    """Rankings."""
    return await visit.answer("rankings.html", rankings.rankings)


@page("/portal/rankings/{ranking_id}", operation_id="show_ranking")
async def show_ranking(visit: Visited, ranking_id: Code) -> Response:
    """One ranking as it was published."""
    return await visit.answer("ranking.html", partial(rankings.ranking, ranking_id=ranking_id))


@page("/portal/calendar", operation_id="show_calendar")
async def show_calendar(visit: Visited) -> Response:
    """The calendar of what is owed to the public."""
    return await visit.answer("calendar.html", calendar.calendar)


@page("/portal/policies", operation_id="show_policies")
async def show_policies(visit: Visited) -> Response:
    """The policy library."""
    return await visit.answer("policies.html", documents.policy_library)


@page("/portal/policies/{policy_id}", operation_id="show_policy")
async def show_policy(visit: Visited, policy_id: Code) -> Response:
    """One document of it."""
    return await visit.answer("policy.html", partial(documents.policy, policy_id=policy_id))


@page("/portal/bulletins", operation_id="show_bulletins")
async def show_bulletins(visit: Visited) -> Response:
    """The bulletins of a year."""
    return await visit.answer("bulletins.html", documents.bulletin_year)


@page("/portal/bulletins/{bulletin_id}", operation_id="show_bulletin")
async def show_bulletin(
    visit: Visited, bulletin_id: Annotated[str, Path(pattern=r"^.{2,12}-\d{4}-\d{2}$")]
) -> Response:
    """The bulletin of a month."""
    make = partial(documents.bulletin_page, bulletin_id=bulletin_id)
    return await visit.answer("bulletin.html", make)


@page("/portal/annual-reports", operation_id="show_annual_reports")
async def show_annual_reports(visit: Visited) -> Response:
    """The annual reports."""
    return await visit.answer("annual_reports.html", documents.report_years)


@page("/portal/annual-reports/{place}/{year}", operation_id="show_annual_report")
async def show_annual_report(visit: Visited, place: Code, year: int) -> Response:
    """The figures of one year."""
    here = visit.about(place, year)
    return await here.answer("annual_report.html", documents.report)


@page("/portal/feeds", operation_id="show_feeds")
async def show_feeds(visit: Visited) -> Response:
    """Feeds and downloads."""
    return await visit.answer("feeds.html", proving.feeds)


@page("/portal/verify", operation_id="show_verification")
async def show_verification(visit: Visited) -> Response:
    """How to check what was told."""
    return await visit.answer("verify.html", proving.verify)


@page("/portal/static/{name}", operation_id="show_asset")
async def show_asset(name: Code) -> Response:
    """A file of the site; its name changes with it."""
    asset = BY_NAME.get(name)
    if asset is None:
        raise NotFound
    headers = {"cache-control": f"public, max-age={IMMUTABLE_SECONDS}, immutable"}
    return Response(asset.body, headers=headers, media_type=asset.kind)


@page("/portal", operation_id="show_entrance")
async def show_entrance(request: Request) -> Response:
    """The first page has one address."""
    return RedirectResponse(addresses_of(request).url("/"), 308)


@page("/portal/{rest:path}", operation_id="show_nothing")
async def show_nothing(rest: str) -> Response:
    """Whatever else is asked for here is not found, and a page says so."""
    raise NotFound(rest)


PORTAL_POLICY: Final[Policy] = {
    operation_name(route): EVERYONE for route in query_routes([comments, router])
}
"""Pages only read what is public; a comment is written by whoever wants to."""
