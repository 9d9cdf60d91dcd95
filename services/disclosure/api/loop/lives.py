"""What is known of a project's year on a day, read once for the API and for the portal."""

from datetime import date

from services.disclosure.api.loop.links import Life
from services.disclosure.projections import loop
from services.disclosure.projections.loop import ProjectKey
from services.disclosure.projections.project_endings import ending
from services.disclosure.projections.project_register import ProjectRow
from shared.http.reading import Read


async def life_on(read: Read, project: ProjectRow, day: date) -> Life:
    """Everything that the links of its loop are told from."""
    key = ProjectKey(project_code=project.project_code, fiscal_year=project.fiscal_year)
    ended = await read.first(ending(project.project_code))
    ex_ante = await read.first(loop.ex_ante(key))
    watch = await read.first(loop.watch(key))
    judged = await read.first(loop.self_evaluation(key))
    linkage = await read.first(loop.linkage(project.unit_code, project.fiscal_year))
    return Life(
        day=day,
        project=project,
        given_up_on=ended.given_up_on if ended else None,
        ex_ante=ex_ante,
        watch=watch,
        warnings=await read.all(loop.warnings(key)),
        self_evaluation=judged,
        linkage=linkage,
        cuts=await read.all(loop.cuts(key)),
        disclosures=await read.all(loop.disclosures(key)),
    )
