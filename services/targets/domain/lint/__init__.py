"""What is wrong with a target before anyone has to read it (`domain` §6.2).

Errors block the submission, warnings must be answered, the rest is advice; every finding
points at a field of the request. One module per family of rules.
"""

from collections.abc import Sequence

from services.targets.domain.findings import Finding
from services.targets.domain.lint.costs import l11_budget, l15_assessment
from services.targets.domain.lint.likeness import l13_likeness
from services.targets.domain.lint.measures import l04_values, l10_ambition, l12_dates, l14_proofs
from services.targets.domain.lint.parts import l01_parts, l02_output_parts, l06_number, l09_core
from services.targets.domain.lint.scheme import l03_weights
from services.targets.domain.lint.wording import l05_goal, l07_names, l08_vague
from services.targets.domain.lint.yardstick import Assessed, Yardstick
from services.targets.domain.values import Content

__all__ = ["Assessed", "Yardstick", "against_assessment", "lint"]


def against_assessment(
    findings: Sequence[Finding], content: Content, assessed: Assessed | None
) -> tuple[Finding, ...]:
    """What an earlier lint found, with L15 judged anew: the assessment came after the draft."""
    kept = (finding for finding in findings if finding.rule != "L15")
    return (*kept, *l15_assessment(content, assessed)) if assessed else tuple(findings)


def lint(content: Content, yardstick: Yardstick) -> tuple[Finding, ...]:
    """Everything that is wrong, in the order of the rules."""
    return (
        *l01_parts(content, yardstick),
        *l02_output_parts(content),
        *l03_weights(content, yardstick.weights),
        *l04_values(content),
        *l05_goal(content),
        *l06_number(content),
        *l07_names(content),
        *l08_vague(content),
        *l09_core(content, yardstick),
        *l10_ambition(content, yardstick),
        *l11_budget(content, yardstick),
        *l12_dates(content, yardstick),
        *l13_likeness(yardstick.alike),
        *l14_proofs(content),
        *l15_assessment(content, yardstick.assessed),
    )
