"""Everything that can be read here."""

from typing import Final

from services.targets.api.adjustment_queries import router as adjustments
from services.targets.api.budget_request_queries import router as budget_requests
from services.targets.api.duty_queries import router as duties
from services.targets.api.ex_ante_queries import router as ex_ante
from services.targets.api.forms.adjustment_papers import router as adjustment_papers
from services.targets.api.forms.exports import router as exports
from services.targets.api.forms.papers import router as papers
from services.targets.api.joint_review_queries import router as joint_reviews
from services.targets.api.library_queries import router as libraries
from services.targets.api.library_usage import router as library_usage
from services.targets.api.lint_queries import router as lint
from services.targets.api.national_queries import router as national
from services.targets.api.place_files import router as place_files
from services.targets.api.place_queries import router as places
from services.targets.api.project_queries import router as projects
from services.targets.api.register_queries import router as registers
from services.targets.api.rule_set_queries import router as rule_sets
from services.targets.api.target_queries import router as targets

# What has a path of its own comes before what takes the same place for an id.
QUERIES: Final = (
    *(
        place_files,
        exports,
        papers,
        adjustment_papers,
        places,
        registers,
        rule_sets,
        projects,
        libraries,
    ),
    *(library_usage, duties, ex_ante, targets, lint, joint_reviews, adjustments, budget_requests),
    national,
)
