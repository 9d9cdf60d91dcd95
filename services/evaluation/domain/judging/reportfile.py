"""The file of a report, as it was submitted: kept byte for byte, once, and never printed again.

As the letters of monitoring (ADR 0017): the fingerprint stands in the fact of the submission, the
file itself is a fact of its own in the same transaction, in parts where it is large.
"""

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.evaluation.domain.judging.commands import Press
from services.evaluation.domain.judging.events import ReportSubmitted
from services.evaluation.domain.judging.state import Evaluation
from services.evaluation.domain.values import Whose, owned
from shared.domain.decider import Decider, Reference

PART_BYTES: Final = 150_000  # as text a third more: what one fact may hold with room to spare


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterReportFile:
    """Keep the file of the report that was just submitted."""

    evaluation_id: str
    by: str
    now: datetime
    press: Press | None = None
    submitted: ReportSubmitted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFileEntered:
    """The file, or one part of it, as it was submitted; `sha256` is that of the whole."""

    whose: Whose
    report_no: str
    sha256: str
    part: int
    pdf_base64: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """Whose report, and which file is kept."""

    whose: Whose | None = None
    sha256: str = ""


def _decide(command: EnterReportFile, state: ReportFile) -> Sequence[ReportFileEntered]:
    submitted, press = command.submitted, command.press
    if submitted is None or press is None or state.sha256:
        return []
    content = press(submitted.report)
    return [
        ReportFileEntered(
            whose=submitted.whose,
            report_no=submitted.report.report_no,
            sha256=hashlib.sha256(content).hexdigest(),
            part=number,
            pdf_base64=b64encode(content[at : at + PART_BYTES]).decode(),
        )
        for number, at in enumerate(range(0, len(content), PART_BYTES), start=1)
    ]


def _evolve(_state: ReportFile, event: ReportFileEntered) -> ReportFile:
    return ReportFile(whose=event.whose, sha256=event.sha256)


def _inform(command: EnterReportFile, states: Sequence[object]) -> EnterReportFile:
    (evaluation,) = states
    submitted = evaluation.submitted if isinstance(evaluation, Evaluation) else None
    return replace(command, submitted=submitted)


reportfile_decider: Final[Decider[EnterReportFile, ReportFileEntered, ReportFile]] = Decider(
    category="reportfile",
    initial=ReportFile(),
    commands=(EnterReportFile,),
    events={"ReportFileEntered": ReportFileEntered},
    decide=_decide,
    evolve=_evolve,
    identify=lambda command: command.evaluation_id,
    owner=lambda state: owned(state.whose) if state.whose else None,
    consults=lambda command: (Reference("evaluation", command.evaluation_id),),
    inform=_inform,
)
