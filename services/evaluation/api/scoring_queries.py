"""Questions about scoring: the inflation index of a year."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Final

from fastapi import APIRouter, Query

from services.evaluation.api.explaining import explanation_of
from services.evaluation.api.explanation_views import SelfEvaluationExplanationView
from services.evaluation.api.scoring_views import DeviationView, PublishedDeviationView
from services.evaluation.domain.checks import Inflation
from services.evaluation.domain.deviation import Deviation, DeviationPublished, index_of
from services.evaluation.projections import self_evaluation_register
from services.evaluation.projections.self_evaluation_register import SelfEvaluationRow
from shared.domain.grades import rounded
from shared.domain.refusals import NotFound
from shared.http.facts import said_in
from shared.http.reading import Reading

router: Final = APIRouter(tags=["Self-evaluations"])
RECHECKED: Final = frozenset({"RECHECKED", "OBJECTED", "FINAL"})


@router.get("/evaluations/deviation", operation_id="get_deviation")
async def get_deviation(
    read: Reading, fiscal_year: Annotated[int, Query(ge=2000, le=2100)]
) -> list[DeviationView]:
    """The inflation index: how far self-scores lie above re-checks, the worst unit first."""
    mine = read.scope.where(
        region=SelfEvaluationRow.region_code,
        department=SelfEvaluationRow.department_code,
        unit=SelfEvaluationRow.unit_code,
    )
    query = self_evaluation_register.self_evaluations(
        fiscal_year=fiscal_year, unit=None, status=None
    )
    return _index(await read.all(query.where(mine)))


@router.get("/deviations/{deviation_id}", operation_id="get_published_deviation")
async def get_published_deviation(read: Reading, deviation_id: str) -> PublishedDeviationView:
    """The index of a region's year as it was told last: `<region>-<year>`."""
    told = await said_in(read, f"deviation-{deviation_id}")
    published = [one for one in told if isinstance(one, DeviationPublished)]
    if not published:
        raise NotFound
    read.check(published[-1].region_code)
    return PublishedDeviationView.of(deviation_id, published[-1])


@router.get(
    "/self-evaluations/{self_evaluation_id}/explanation", operation_id="explain_self_evaluation"
)
async def explain_self_evaluation(
    read: Reading, self_evaluation_id: str
) -> SelfEvaluationExplanationView:
    """Every line and finding, recomputed from the listed events and held against the record."""
    row = await read.one(self_evaluation_register.self_evaluation(self_evaluation_id))
    read.check(row.region_code, department=row.department_code, unit=row.unit_code)
    read.tag(row.version)
    return await explanation_of(read, row)


def _index(rows: Sequence[SelfEvaluationRow]) -> list[DeviationView]:
    accepted: dict[str, list[Decimal]] = defaultdict(list)
    found: list[Deviation] = []
    for row in rows:
        if row.self_score is None or row.machine_score is None or row.final_score is None:
            continue
        accepted[row.unit_code].append(row.self_score - row.machine_score)
        if row.status in RECHECKED:
            found.append(
                Deviation(
                    unit_code=row.unit_code,
                    self_score=row.self_score,
                    score=row.final_score,
                    inflation=Inflation(row.inflation),
                )
            )
    means = {unit: rounded(sum(gaps, Decimal(0)) / len(gaps)) for unit, gaps in accepted.items()}
    return [
        DeviationView.of(line, len(accepted[line.unit_code]), means[line.unit_code])
        for line in index_of(found)
    ]
