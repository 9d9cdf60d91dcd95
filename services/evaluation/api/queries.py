"""Everything that can be read here."""

from typing import Final

from services.evaluation.api.case_queries import router as cases
from services.evaluation.api.cut_queries import router as cuts
from services.evaluation.api.duplicate_queries import router as duplicates
from services.evaluation.api.effectiveness_queries import router as effectiveness
from services.evaluation.api.evaluation_queries import router as evaluations
from services.evaluation.api.forms.effectiveness_exports import router as effectiveness_forms
from services.evaluation.api.forms.money_exports import router as money_forms
from services.evaluation.api.forms.self_evaluation_exports import router as forms
from services.evaluation.api.key_project_queries import router as key_projects
from services.evaluation.api.linkage_queries import router as linkage
from services.evaluation.api.recovery_queries import router as recoveries
from services.evaluation.api.sandbox_routes import router as sandboxes
from services.evaluation.api.scoring_queries import router as scoring
from services.evaluation.api.self_evaluation_queries import router as self_evaluations
from services.evaluation.api.standing_queries import router as standing
from services.evaluation.api.third_party_queries import router as third_parties

QUERIES: Final = (
    self_evaluations,
    scoring,
    forms,
    key_projects,
    evaluations,
    third_parties,
    standing,
    linkage,
    recoveries,
    cuts,
    duplicates,
    money_forms,
    cases,
    effectiveness,
    effectiveness_forms,
    sandboxes,
)
