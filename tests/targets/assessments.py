"""The ex-ante assessment of the stories: a report, its scores."""

from decimal import Decimal
from typing import Any, Final

from services.targets.domain.commands.ex_ante import (
    ConcludeExAnteAssessment,
    GradeExAnteAssessment,
    ReviewExAnteReport,
    ScoreExAnteReport,
    SubmitExAnteReport,
)
from services.targets.domain.values import Evidence
from tests.targets.stories import (
    CODE,
    DEPT,
    GRADER,
    HEAD,
    NOW,
    REGION_CODE,
    RULES,
    YEAR,
    a_matrix,
    a_new_project,
    drafted,
    ex_ante,
    governed,
)

# What a report goes by: its project, the draft of the target, who answers for it, the rules.
AT_REPORT: Final = (a_new_project.state, drafted().state, a_matrix.state, *governed)
DIMENSIONS: Final = tuple(RULES["ex_ante"]["dimensions"])
submit_report = SubmitExAnteReport(
    project_code=CODE,
    fiscal_year=YEAR,
    region_code=REGION_CODE,
    goal="改善就学条件",
    statements=dict.fromkeys(DIMENSIONS, "依据充分。"),
    evidence=(Evidence(name="报告.pdf", sha256="0" * 64),),
    by=HEAD,
    now=NOW,
)
review_report = ReviewExAnteReport(
    project_code=CODE, fiscal_year=YEAR, opinion="", by=DEPT, now=NOW
)
grade_report = GradeExAnteAssessment(
    project_code=CODE, fiscal_year=YEAR, region_code=REGION_CODE, by=GRADER, now=NOW
)
conclude_report = ConcludeExAnteAssessment(
    project_code=CODE, fiscal_year=YEAR, region_code=REGION_CODE, by=GRADER, now=NOW
)


def scored(by: str, total: str, *vetoes: str) -> ScoreExAnteReport:
    """Points that add up to a total, with a reason wherever many points were lost."""
    left, points = Decimal(total), {}
    for dimension in DIMENSIONS:
        points[dimension] = min(left, Decimal(20))
        left -= points[dimension]
    reasons = {dimension: "依据不足" for dimension, given in points.items() if given < Decimal(12)}
    return ScoreExAnteReport(
        project_code=CODE,
        fiscal_year=YEAR,
        region_code=REGION_CODE,
        points=points,
        vetoes=vetoes,
        reasons=reasons,
        by=by,
        now=NOW,
    )


def reviewed(*scores: ScoreExAnteReport) -> Any:  # noqa: ANN401 - a story
    """An assessment in which these scorers have scored; it knows the rules."""
    story = ex_ante.knowing(*AT_REPORT).after(submit_report)
    story = ex_ante.given(*story.facts).after(review_report)
    return story.knowing(*governed).after(*scores)
