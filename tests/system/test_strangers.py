"""Nobody can ask a question to which a service has no answer of its own.

Three strangers read the four OpenAPI documents as they are served and try every operation: one
guesses, one has read the lists and names things that are there, one breaks the rules that the
document states. Each holds a valid token of a role that the operation admits. Whatever they
send, the answer is documented: its status, its content type, its headers and its body.

What they send follows from the documents alone, so a finding comes again.
"""

import asyncio
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, Config, GenerationMode, SerializationContext
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from deploy.local.layout import SERVICES
from shared.http.issuer import Bearer
from shared.http.policy import SIGNED_IN, Role
from tests.contract.reading import Asked, read
from tests.system.running import FISCAL_YEAR, REGION, Year

TRIES: Final = 2
CHAINS: Final = int(os.environ.get("STRANGERS_CHAINS", "2"))
SERVED_SHARE_MIN: Final = 0.5
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    missing_required_header,
    unsupported_method,
    allow_header_conformance,
]
# Who comes without a good token is refused before anything is read; that is another story.
# What the shape allows a rule may refuse, as the document says beforehand.
REFUSALS: Final = ["2xx", "3xx", "401", "403", "404", "406", "409", "412", "415", "422", "428",
                   "429", "503"]  # fmt: skip
TOKENS_STAY: Final = {
    "generation": {"with-security-parameters": False},
    "checks": {"positive_data_acceptance": {"expected-statuses": REFUSALS}},
}
LEFT_OUT: Final = {
    # Business time only goes forward: one made-up date would be the end of every other story.
    "set_clock",
    # It has no end; `test_feed_followed.py` is its story.
    "follow_feed",
}
# A position and a cursor are made by a service and opaque to everybody else. Who guesses them is
# refused, so the stranger who knows leaves them out and sees what lies behind.
OPAQUE: Final = ("abacus-at-least", "cursor")
YEARS: Final = (FISCAL_YEAR, FISCAL_YEAR + 1)
WELL_KNOWN: Final[Mapping[str, object]] = {
    "region": REGION,
    "region_code": REGION,
    "fiscal_year": FISCAL_YEAR,
    "year": FISCAL_YEAR,
    "month": 3,
    "node": "M05",
    "library": "KS_CORE",
    "rule_set_id": f"{REGION}-{FISCAL_YEAR}",
    "round_id": f"{REGION}-{FISCAL_YEAR}-M05",
    "report_id": f"{REGION}-{FISCAL_YEAR}",
    "bulletin_id": f"{REGION}-{FISCAL_YEAR}-03",
}

type Operation = APIOperation[Any, Any, Any, Any]
type Sent = Case[Any]
type Cases = st.SearchStrategy[Sent]
type Declared = Mapping[str, Any]

pytestmark = pytest.mark.real


@schemathesis.serializer("application/x-ndjson")
def write_lines(_context: SerializationContext, value: object) -> bytes:
    """Lines of an import, from somebody who has read no further than that they are text."""
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_gives_every_stranger_an_answer_that_is_documented(
    year: Year, subtests: pytest.Subtests, service: str
) -> None:
    document = schemathesis.openapi.from_url(
        f"{year.running.urls[service]}/openapi.json", config=Config.from_dict(TOKENS_STAY)
    )
    crowd = Crowd(year, known_to_readers(year, service, document.raw_schema))
    asked: set[str] = set()
    for found in document.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        if named(operation) not in LEFT_OUT:
            with subtests.test(operation.label):
                for cases in crowd.cases(operation):
                    crowd.ask(operation, cases)
        asked.add(named(operation))
    assert asked == declared(document.raw_schema)
    # Refusals alone would prove little: about as many were served as there are operations.
    assert crowd.served > len(asked) * SERVED_SHARE_MIN


@pytest.mark.parametrize("service", SERVICES)
def test_what_follows_from_an_answer_is_answered_as_documented(
    year: Year, service: str, tmp_path: Path
) -> None:
    """Chains of requests: what one answer holds is asked in the next, by a machine (`S0`)."""
    asked = Asked(phases="stateful", seed=1, examples=CHAINS)
    verdict = asyncio.run(read(year, service, asked, tmp_path))
    print(f"\n{service}: {verdict.cases} cases")  # noqa: T201 - for `pytest -s`
    assert verdict.sound, verdict.report[-6_000:]
    assert verdict.cases >= CHAINS


@dataclass(slots=True)
class Crowd:
    """The three strangers before one service, and what the one who reads has read."""

    year: Year
    known: Mapping[str, object]
    served: int = 0
    _tokens: dict[Role, str] = field(default_factory=dict)

    def cases(self, operation: Operation) -> Iterator[Cases]:
        """What each of them sends: who guesses, who knows, who breaks the rules."""
        yield operation.as_strategy()
        tagged = "if-match" in {header.name for header in operation.headers}
        knowing = operation.as_strategy(
            path_parameters={
                part.name: self.known[part.name]
                for part in operation.path_parameters
                if part.name in self.known
            },
            headers={"if-match": "*"} if tagged else {},
        )
        yield knowing.map(sensible)
        if takes_anything(operation):
            yield operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    def ask(self, operation: Operation, cases: Cases) -> None:
        """Send some of them in the name of people who may."""

        @settings(
            max_examples=TRIES, phases=[Phase.generate], derandomize=True, database=None,
            deadline=None, suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=cases, role=st.sampled_from(admitted(operation.definition.raw)))
        def send(case: Sent, role: Role) -> None:
            answer = case.call_and_validate(headers=self._token(role), checks=CHECKS)
            self.served += answer.status_code < httpx.codes.BAD_REQUEST

        send()

    def _token(self, role: Role) -> dict[str, str]:
        """Valid for a quarter of an hour, which is longer than a test may take."""
        if role not in self._tokens:
            bearer = Bearer(
                subject=f"stranger-{role.value.lower()}",
                roles=[role],
                region_code=REGION,
                unit_code="*",
                department_code=self.year.play.cast.units[0].department_code,
            )
            self._tokens[role] = self.year.running.issuer.mint(bearer)
        return {"Authorization": f"Bearer {self._tokens[role]}"}


def declared(document: Declared) -> set[str]:
    """The name of every operation of a document."""
    methods = [operation for path in document["paths"].values() for operation in path.values()]
    return {operation["operationId"] for operation in methods}


def named_in(operation: Declared) -> str:
    """The same, as the document has it."""
    return str(operation["operationId"])


def named(operation: Operation) -> str:
    """The operation's id."""
    return str(operation.definition.raw["operationId"])


def admitted(operation: Declared) -> Sequence[Role]:
    """Who may; anybody signed in where everybody may."""
    roles = {Role(name) for name in operation["x-abacus-roles"]} & SIGNED_IN
    return sorted(roles or {Role.FB_PERFORMANCE})


def takes_anything(operation: Operation) -> bool:
    """Whether there is a rule to break."""
    parts = (operation.path_parameters, operation.query, operation.headers, operation.body)
    return any(list(part) for part in parts)


def sensible(case: Sent) -> Sent:
    """The same case without what nobody can make up, and as an intention of its own."""
    for name in OPAQUE:
        case.headers.pop(name, None)
        case.query.pop(name, None)
    if "idempotency-key" in case.headers:
        case.headers["idempotency-key"] = uuid4().hex
    return case


def known_to_readers(year: Year, service: str, document: Declared) -> Mapping[str, object]:
    """What the lists of a service call the first thing in them, field by field."""
    known: dict[str, object] = {}
    lists = [
        path
        for path, ways in document["paths"].items()
        if "get" in ways and "{" not in path and named_in(ways["get"]) not in LEFT_OUT
    ]
    reader = Bearer(subject="reader", roles=[Role.FB_PERFORMANCE], region_code=REGION)
    headers = {"Authorization": f"Bearer {year.running.issuer.mint(reader)}"}
    with httpx.Client(base_url=year.running.urls[service], headers=headers) as client:
        for path, fiscal_year in product(lists, YEARS):
            asked: dict[str, str | int] = {"region": REGION, "fiscal_year": fiscal_year, "limit": 1}
            for item in items_of(client.get(path, params=asked)):
                known = {**{name: one for name, one in item.items() if one != ""}, **known}
    # What is not there yet is empty, and nobody asks for it.
    return {
        name: one for name, one in {**known, **WELL_KNOWN}.items() if one is not None and one != ""
    }


def items_of(answer: httpx.Response) -> Sequence[Mapping[str, object]]:
    """The things in a list; none where it is no list of things."""
    if not answer.is_success or answer.headers["content-type"] != "application/json":
        return []
    told = answer.json()
    items = told.get("items", []) if isinstance(told, Mapping) else told
    return [item for item in items if isinstance(item, Mapping)]
