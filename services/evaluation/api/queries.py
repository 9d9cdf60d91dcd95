"""Everything that can be read here."""

from typing import Final

from services.evaluation.api.case_queries import router as cases
from services.evaluation.api.consequence_queries import router as consequences
from services.evaluation.api.effectiveness_queries import router as effectiveness
from services.evaluation.api.forms.effectiveness_exports import router as forms
from services.evaluation.api.judging_queries import router as judging
from services.evaluation.api.standing_queries import router as standing

QUERIES: Final = (judging, standing, consequences, cases, effectiveness, forms)
