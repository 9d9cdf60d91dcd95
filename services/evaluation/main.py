"""Evaluation: judges what was achieved, and lets the result move money."""

from services.evaluation.api.commands import COMMANDS
from services.evaluation.api.forms.effectiveness_sheets import EFFECTIVENESS_SHEETS
from services.evaluation.api.forms.money_sheets import MONEY_SHEETS
from services.evaluation.api.forms.self_evaluation_sheet import SELF_EVALUATION_SHEET
from services.evaluation.api.policy import POLICY
from services.evaluation.api.queries import QUERIES
from services.evaluation.api.vocabulary import VOCABULARY
from services.evaluation.domain.manifest import DECIDERS
from services.evaluation.projections.manifest import PROJECTIONS
from services.evaluation.publishing import publish
from services.evaluation.reactions import HEARS, fall_due, react, schedule
from services.evaluation.settings import EvaluationSettings
from shared.contracts.evaluation import PUBLISHED
from shared.manifest import Service

service = Service(
    name="evaluation",
    title="Performance evaluation",
    settings=EvaluationSettings,
    deciders=DECIDERS,
    projections=PROJECTIONS,
    commands=COMMANDS,
    queries=QUERIES,
    policy=POLICY,
    says=PUBLISHED,
    publish=publish,
    hears=HEARS,
    react=react,
    schedule=schedule,
    fall_due=fall_due,
    vocabulary=VOCABULARY,
    sheets=(SELF_EVALUATION_SHEET, *EFFECTIVENESS_SHEETS, *MONEY_SHEETS),
)
