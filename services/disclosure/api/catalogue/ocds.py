"""Budgets by the Open Contracting Data Standard 1.1, with its budget breakdown extension.

One release a project and year: the budget in force, made of what was approved with the target
and of what adjustments changed since. The parts add up to the whole, to the fen.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

import msgspec

from services.disclosure.api.bulk.manifest import LICENCE_URL
from services.disclosure.api.catalogue.promises import Promise
from services.disclosure.api.catalogue.publishing_office import Office
from shared.domain.money import Money
from shared.domain.workdays import day_over

VERSION: Final = "1.1"
CURRENCY: Final = "CNY"
EXTENSION: Final = (
    "https://raw.githubusercontent.com/open-contracting-extensions/"
    "ocds_budget_breakdown_extension/master/extension.json"
)
_encode: Final = msgspec.json.Encoder().encode


def opening(address: str, office: Office, told_at: datetime) -> bytes:
    """The package up to its releases."""
    head = {
        "uri": address,
        "version": VERSION,
        "extensions": [EXTENSION],
        "publishedDate": instant(told_at),
        "publisher": {"name": office.name, "uid": office.code},
        "license": LICENCE_URL,
    }
    return _encode(head)[:-1] + b',"releases":['


CLOSING: Final = b"]}"


async def package(
    head: bytes, prefix: str, found: AsyncIterator[Sequence[Promise]]
) -> AsyncIterator[bytes]:
    """The whole package, piece by piece."""
    yield head
    first = True
    async for batch in found:
        pieces = b",".join(_encode(release(one, prefix)) for one in batch)
        yield pieces if first else b"," + pieces
        first = False
    yield CLOSING


def release(promise: Promise, prefix: str) -> dict[str, Any]:
    """The plan of one project for its year."""
    project = promise.project
    key = f"{project.project_code}-{project.fiscal_year}"
    ocid = f"{prefix}-{key}"
    changed_on = project.adjusted_on or project.approved_on or project.registered_on
    office = {"id": project.region_code, "name": promise.region}
    return {
        "ocid": ocid,
        "id": f"{ocid}-v{project.target_version}",
        "date": instant(day_over(changed_on)),
        "tag": ["planning"],
        "initiationType": "tender",
        "language": "zh",
        "parties": [
            {"id": project.unit_code, "name": promise.unit_name, "roles": ["buyer"]},
            {**office, "roles": ["sourceParty"]},
        ],
        "buyer": {"id": project.unit_code, "name": promise.unit_name},
        "planning": {
            "budget": {
                "id": key,
                "description": project.name,
                "amount": _amount(project.budget_fen),
                "project": project.name,
                "projectID": project.project_code,
                "budgetBreakdown": _parts(promise, key, office),
            }
        },
    }


def _parts(promise: Promise, key: str, office: dict[str, str]) -> list[dict[str, Any]]:
    project = promise.project
    changed = project.budget_fen - project.approved_fen
    parts = [("approved", "批复预算", project.approved_fen)]
    if changed:
        parts.append(("adjusted", "预算调整", changed))
    year = project.fiscal_year
    period = {
        "startDate": f"{year}-01-01T00:00:00+08:00",
        "endDate": f"{year}-12-31T23:59:59+08:00",
    }
    return [
        {
            "id": f"{key}-{name}",
            "description": title,
            "amount": _amount(fen),
            "period": period,
            "sourceParty": office,
        }
        for name, title, fen in parts
    ]


def _amount(fen: int) -> dict[str, Any]:
    """A number as the standard wants it, with every digit of ours."""
    return {"amount": msgspec.Raw(str(Money(fen)).encode()), "currency": CURRENCY}


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def told_at(day: date, now: datetime) -> datetime:
    """The end of a day that is over; until then, now."""
    return min(day_over(day), now)
