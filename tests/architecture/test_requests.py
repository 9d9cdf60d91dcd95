"""What holds of every request of the four services, whoever writes the next one."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, Final

import pytest
from fastapi import Body, FastAPI, Query
from pydantic import BaseModel

from tests.architecture.house import SERVICES, manifest, manifests
from tests.architecture.requests import Asking, askings, at, body_with, told_by

MOMENTS: Final = frozenset({"date", "date-time"})
DIGITS: Final = ("1609459200", "20210101", "1609459200.5", "-1", "0", 20_210_101)


def digits_read(asking: Asking) -> Iterator[str]:
    """Where an operation takes digits for a day or an instant, or does not say what to do."""
    for place in asking.in_body(MOMENTS):
        for digits in DIGITS:
            wrong = at(asking.wrong_in_body(body_with(place, digits)), place)
            if not wrong or not wrong[0].remedy:
                yield f"{asking}: {json.dumps(digits)} at {place}"
    for name in asking.in_parameters(MOMENTS):
        for digits in DIGITS:
            wrong = asking.wrong_in_parameter(name, str(digits))
            if [error.parameter for error in wrong] != [name] or not wrong[0].remedy:
                yield f"{asking}: {digits} for {name}"


@pytest.mark.parametrize("service", SERVICES)
def test_no_request_takes_digits_for_a_day_or_an_instant(service: str) -> None:
    found = [wrong for asking in askings(service) for wrong in digits_read(asking)]
    assert not found, "\n".join(found)


def test_the_rule_reaches_every_body_and_every_query() -> None:
    """A plain day, one in a list, one in a body in a body; one that a dependency asks for."""
    in_bodies = {(a.name, place) for a in askings("targets") for place in a.in_body(MOMENTS)}
    assert ("rename_region", ("from_on",)) in in_bodies
    assert ("register_region", ("history", 0, "from_on")) in in_bodies
    assert ("register_unit", ("end", "last_on")) in in_bodies
    assert ("set_clock", ("now",)) in in_bodies
    for service in manifests():
        in_queries = {(a.name, n) for a in askings(service.name) for n in a.in_parameters(MOMENTS)}
        assert {(c.operation, "effective_at") for c in service.commands} < in_queries
        assert any(name == "as_of" for _, name in in_queries)


def examples_wrong(asking: Asking) -> Iterator[str]:
    """A JSON body that nobody shows, or that is shown as no request may be."""
    if asking.body and not asking.examples:
        yield f"{asking}: no example"
    for example in asking.examples:
        told = asking.wrong_in_body(example)
        yield from (f"{asking}: {error.pointer} {error.detail}" for error in told)


@pytest.mark.parametrize("service", SERVICES)
def test_every_body_is_shown_by_an_example_that_is_valid(service: str) -> None:
    assert any(asking.examples for asking in askings(service))
    found = [wrong for asking in askings(service) for wrong in examples_wrong(asking)]
    assert not found, "\n".join(found)


SENTENCE: Final = re.compile(r"[A-Z`\u4e00-\u9fff].*[.。]", re.DOTALL)
HEADING: Final = re.compile(r"[A-Z][a-z]*([ -][a-z]+)*")


def said_badly(asking: Asking) -> Iterator[str]:
    """A heading is in sentence case, without a full stop; what explains is a sentence."""
    documented = asking.documented
    if documented["summary"].lower() != asking.name.replace("_", " "):
        yield f"{asking}: {documented['summary']} is not its name"
    for heading in (documented["summary"], *documented["tags"]):
        if not HEADING.fullmatch(heading):
            yield f"{asking}: {heading}"
    lead = documented.get("description", "").partition("\n\n")[0]
    parameters = [one.get("description", "") for one in documented.get("parameters", ())]
    answers = [answer["description"] for answer in documented["responses"].values()]
    for text in (lead, *filter(None, parameters), *answers):
        if not SENTENCE.fullmatch(text) or text == "Successful Response":
            yield f"{asking}: {text!r}"


@pytest.mark.parametrize("service", SERVICES)
def test_the_documents_speak_in_one_voice(service: str) -> None:
    assert HEADING.fullmatch(manifest(service).title)
    assert SENTENCE.fullmatch(manifest(service).settings.__doc__ or "")
    found = [wrong for asking in askings(service) for wrong in said_badly(asking)]
    assert not found, "\n".join(found)


def test_a_planted_voice_is_found() -> None:
    app = FastAPI()

    @app.post("/loosen", operation_id="loosen_it", tags=["Odd Things."], description="it")
    def loosen_it(as_of: Annotated[date | None, Query(description="the day")] = None) -> None:
        """Planted."""

    (planted,) = told_by(app, "planted")
    found = [line.partition(": ")[2] for line in said_badly(planted)]
    assert found[:4] == ["Loosen It", "Odd Things.", "'it'", "'the day'"]


class Loose(BaseModel):
    """A planted body: a day and an instant as the framework reads them."""

    days: list[date]
    at: datetime


def test_a_planted_bare_day_is_found() -> None:
    app = FastAPI()

    @app.post("/loose", operation_id="loosen")
    def loosen(body: Loose, as_of: date | None = None) -> None:
        """Planted."""

    (planted,) = told_by(app, "planted")
    found = "\n".join(digits_read(planted))
    assert "\"1609459200\" at ('days', 0)" in found
    assert "\"20210101\" at ('at',)" in found
    assert "1609459200 for as_of" in found


def test_a_planted_body_without_an_example_or_with_a_wrong_one_is_found() -> None:
    app = FastAPI()

    @app.post("/bare", operation_id="bare")
    def bare(body: Loose) -> None:
        """Planted."""

    @app.post("/wrong", operation_id="wrong")
    def wrong(body: Annotated[Loose, Body(examples=[{"days": ["2021-02-30"], "at": "x"}])]) -> None:
        """Planted."""

    found = [line for asking in told_by(app, "planted") for line in examples_wrong(asking)]
    assert found[0] == "planted.bare: no example"
    assert [line.split()[1] for line in found[1:]] == ["/days/0", "/at"]
