"""Every figure has a number that a text can name, a label, and a unit that can be said."""

from typing import Final

from services.disclosure.api.report.bulletin_text import unit_of
from services.disclosure.api.report.edition import UNITS
from services.disclosure.api.report.figures import FIGURES
from services.disclosure.domain.telling import PLACE
from services.disclosure.projections.month_work import COMING, WORKS
from services.disclosure.projections.year_problems import PROBLEMS

DONE: Final = {f"{code}{one}" for code, work in WORKS.items() for one in work.measures}


def test_every_unit_of_a_figure_has_its_word_and_no_word_is_without_a_figure() -> None:
    said = {one.unit for one in FIGURES} | {one.unit for one in PROBLEMS.values()}
    said |= {one.unit for one in COMING.values()} | {unit_of(number) for number in DONE}
    assert said == set(UNITS)


def test_every_number_of_a_figure_can_stand_in_a_text_and_names_one_figure() -> None:
    numbers = [*(one.id for one in FIGURES), *PROBLEMS, *COMING, *DONE]
    assert len(set(numbers)) == len(numbers)
    assert [one for one in numbers if not PLACE.fullmatch(f"{{{one}}}")] == []
    labels = [*(one.label for one in PROBLEMS.values()), *(one.label for one in COMING.values())]
    assert len(set(labels)) == len(labels)
