"""What the self-evaluations of a department say, so that none is copied unnoticed (COPY_PASTE).

A report's decision knows one report. Handing one in entails a note here, in the same transaction,
and what is found alike is noted where the report is judged: of two that say the same the second
is found, in one file as well as from two desks, and last year's are still remembered. Only
handing in takes part, so that audits and acceptances of one department never meet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from services.evaluation.domain.self_evaluation.messages import SelfEvaluationSubmitted
from services.evaluation.domain.values import Cause
from services.evaluation.domain.watched import NoteLikeness
from shared.domain.decider import Decider
from shared.domain.likeness import Alike, alike, plain_words

WORDS_MIN: Final = 30  # shorter texts say too little to be copied (D)
WORDS_MAX: Final = 8_000  # what is compared of a long one (D)
LIKENESS_MIN: Final = Decimal("0.80")  # kept from here on; the rule set says what is a finding
NAMED_MAX: Final = 5  # a list of a whole department is read by nobody
REPORTS_MAX: Final = 1_000  # far more than a department hands in
SNAPSHOT_EVERY: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWording:
    """A report was handed in; compare it with the others and remember what it says."""

    department_code: str
    self_evaluation_id: str
    fiscal_year: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingNoted:
    """What a report says, and which others said the same before."""

    self_evaluation_id: str
    fiscal_year: int
    words: str
    alike: tuple[Alike, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What one report says."""

    fiscal_year: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """The words of every report of this year and the last, by report."""

    reports: dict[str, Wording] = field(default_factory=dict)


def words_of(report: SelfEvaluationSubmitted) -> str:
    """What is compared of a report: its summary and causes, each text once."""
    causes = (report.execution_cause, *(one.cause for one in report.reports))
    texts = dict.fromkeys((report.summary, *_texts(causes)))
    return plain_words(texts)[:WORDS_MAX]


def _texts(causes: Iterable[Cause | None]) -> Iterator[str]:
    for cause in causes:
        if cause is not None:
            yield from (cause.text, cause.measure)


def decide(command: NoteWording, state: Wordings) -> Sequence[WordingNoted]:
    """Compare with what was handed in before; the same words again are silent."""
    one = command.self_evaluation_id
    known = state.reports.get(one)
    if known is not None and known.words == command.words:
        return []
    others = {name: told.words for name, told in state.reports.items()}
    found = alike(one, command.words, others, LIKENESS_MIN)
    return [
        WordingNoted(
            self_evaluation_id=one,
            fiscal_year=command.fiscal_year,
            words=command.words,
            alike=tuple(found[:NAMED_MAX]),
        )
    ]


def evolve(state: Wordings, event: WordingNoted) -> Wordings:
    """The latest words of each report; those of two years ago are forgotten."""
    kept = {
        name: told
        for name, told in state.reports.items()
        if name != event.self_evaluation_id and told.fiscal_year >= event.fiscal_year - 1
    }
    while len(kept) >= REPORTS_MAX:
        del kept[next(iter(kept))]
    wording = Wording(fiscal_year=event.fiscal_year, words=event.words)
    return Wordings(reports={**kept, event.self_evaluation_id: wording})


def entails(event: WordingNoted, _state: Wordings) -> Iterable[NoteLikeness]:
    """What was found stands where the report is judged."""
    yield NoteLikeness(
        self_evaluation_id=event.self_evaluation_id,
        alike=event.alike,
        characters=len(event.words),
    )


wording_decider: Final[Decider[NoteWording, WordingNoted, Wordings]] = Decider(
    category="wording",
    initial=Wordings(),
    commands=(NoteWording,),
    events={"WordingNoted": WordingNoted},
    decide=decide,
    evolve=evolve,
    identify=lambda command: command.department_code,
    entails=entails,
    snapshot_every=SNAPSHOT_EVERY,
)
