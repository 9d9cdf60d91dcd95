"""The policy library and the ideas: searched, counted and held against the steps, on any day."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query

from services.disclosure.api.library_views import (
    IdeaView,
    PolicyDetail,
    PolicyStatistics,
    PolicyView,
    StepCoverage,
    StepView,
)
from services.disclosure.api.report.figures import share
from services.disclosure.api.report.year import ratio, steps_without
from services.disclosure.api.spans import Asked, EffectiveAt, Today
from services.disclosure.api.vocabulary import VOCABULARY
from services.disclosure.domain.values import Layer, Step
from services.disclosure.projections import policy_questions as library
from services.disclosure.projections.idea_register import ideas
from services.disclosure.projections.policy_questions import PolicyStatus, Sought
from services.disclosure.projections.policy_register import PolicyRow
from shared.http.pages import Page, PageRequest
from shared.http.reading import Read, Reading

router: Final = APIRouter(tags=["Policies"])

Words = Annotated[
    str,
    Query(
        max_length=100,
        description="Words that title, number or issuer contain, separated by spaces.",
        examples=["绩效 办法"],
    ),
]


@router.get("/policies", operation_id="list_policies")
async def list_policies(  # noqa: PLR0913 - one filter each
    read: Reading,
    span: Asked,
    page: PageRequest,
    *,
    in_force: bool = False,
    q: Words = "",
    status: PolicyStatus | None = None,
    layer: Layer | None = None,
    step: Annotated[Step | None, Query(description="Only those that rule it on the day.")] = None,
) -> Page[PolicyView]:
    """The policy library on a day: the year's end or `effective_at`; in force: F03."""
    sought = Sought(words=q, status=status, layer=layer, step=step, in_force=in_force)
    found = await read.page(library.policies_sought(span, sought), page)
    shown = await _shown(read, found.items, library.day_of(span))
    return Page[PolicyView](items=shown, next=found.next)


@router.get("/policies/statistics", operation_id="get_policy_statistics")
async def get_policy_statistics(read: Reading, span: Asked) -> PolicyStatistics:
    """How many documents are in force at the end of the year, or on `effective_at` before it."""
    found = dict(await read.rows(library.in_force_by_layer(span)))
    day = library.day_of(span)
    states = Counter(library.status_on(row, day) for row in await read.all(library.policies(span)))
    return PolicyStatistics(
        as_of=day,
        count=sum(found.values()),
        by_layer={layer: found.get(layer.value, 0) for layer in Layer},
        by_status={status: states.get(status, 0) for status in PolicyStatus},
    )


@router.get("/policies/step-coverage", operation_id="get_step_coverage")
async def get_step_coverage(read: Reading, span: Asked) -> StepCoverage:
    """Which documents rule which step on a day; adds up to F04."""
    ruling: dict[str, list[str]] = defaultdict(list)
    for policy_id, step in await read.rows(library.steps_in_force(span)):
        ruling[step].append(policy_id)
    missing = steps_without(set(ruling))
    labels = VOCABULARY["Step"]
    return StepCoverage(
        as_of=library.day_of(span),
        coverage=share(ratio(len(Step) - len(missing), len(Step))),
        steps=[
            StepView(step=step, label=labels[step.value][0], policies=ruling.get(step.value, []))
            for step in Step
        ],
        steps_without_policy=list(missing),
    )


@router.get("/policies/ideas", operation_id="list_ideas")
async def list_ideas(read: Reading, span: Asked, page: PageRequest) -> Page[IdeaView]:
    """The ideas that are declared; adds up to F43."""
    return await read.page(ideas(span), page, into=IdeaView.model_validate)


@router.get("/policies/{policy_id}", operation_id="get_policy")
async def get_policy(
    read: Reading,
    today: Today,
    policy_id: Annotated[str, Path(min_length=1, max_length=100)],
    effective_at: EffectiveAt = None,
) -> PolicyDetail:
    """A document as it is on a day, with its versions and every change of what it rules."""
    row: PolicyRow = await read.one(library.policy(policy_id))
    read.tag(row.version)
    (shown,) = await _shown(read, [row], effective_at or read.as_of or today)
    versions = await read.all(library.versions_of(policy_id))
    return PolicyDetail.whole(shown, versions, await read.all(library.mappings_of(policy_id)))


async def steps_by_policy(
    read: Read, rows: Sequence[PolicyRow], day: date
) -> Mapping[str, list[str]]:
    """What each document rules on the day, in the order of the process."""
    found: dict[str, list[str]] = defaultdict(list)
    ids = [row.policy_id for row in rows]
    for policy_id, step in await read.rows(library.steps_of(ids, day)):
        found[policy_id].append(step)
    order = [step.value for step in Step]
    return {policy_id: sorted(steps, key=order.index) for policy_id, steps in found.items()}


async def _shown(read: Read, rows: Sequence[PolicyRow], day: date) -> list[PolicyView]:
    steps = await steps_by_policy(read, rows, day)
    return [PolicyView.of(row, steps.get(row.policy_id, []), day) for row in rows]
