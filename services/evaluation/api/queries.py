"""Everything that can be read here."""

from typing import Final

from services.evaluation.api.consequence_queries import router as consequences
from services.evaluation.api.evaluation_queries import router as evaluations
from services.evaluation.api.judging_queries import router as judging
from services.evaluation.api.third_party_queries import router as third_parties

QUERIES: Final = (judging, consequences, evaluations, third_parties)
