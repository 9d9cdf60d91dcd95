"""Everything that can be read here."""

from typing import Final

from services.evaluation.api.consequence_queries import router as consequences
from services.evaluation.api.cut_queries import router as cuts
from services.evaluation.api.duplicate_queries import router as duplicates
from services.evaluation.api.forms.money_exports import router as forms
from services.evaluation.api.judging_queries import router as judging
from services.evaluation.api.linkage_queries import router as linkage
from services.evaluation.api.recovery_queries import router as recoveries

QUERIES: Final = (judging, consequences, linkage, recoveries, cuts, duplicates, forms)
