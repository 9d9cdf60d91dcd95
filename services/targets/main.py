"""Targets: every yuan has a promise before it is granted."""

from services.targets.api.commands import COMMANDS
from services.targets.api.forms.sheets import SHEETS
from services.targets.api.library_sheets import LIBRARY_SHEETS
from services.targets.api.policy import POLICY
from services.targets.api.queries import QUERIES
from services.targets.api.vocabulary import VOCABULARY
from services.targets.domain.budget_request import BUDGET_REQUEST
from services.targets.domain.bureau import BUREAU
from services.targets.domain.delegation import DELEGATION
from services.targets.domain.ex_ante import EX_ANTE
from services.targets.domain.joint_review import JOINT_REVIEW
from services.targets.domain.library import LIBRARY
from services.targets.domain.project import PROJECT
from services.targets.domain.region import REGION
from services.targets.domain.responsibility import RESPONSIBILITY
from services.targets.domain.rule_set import RULE_SET
from services.targets.domain.target import TARGET
from services.targets.domain.unit import UNIT
from services.targets.domain.unit_goals import UNIT_GOALS
from services.targets.projections.manifest import PROJECTIONS
from services.targets.publishing import publish
from services.targets.reactions import HEARS, react
from services.targets.settings import TargetsSettings
from shared.contracts.targets import PUBLISHED
from shared.manifest import Service

service = Service(
    name="targets",
    title="Performance targets",
    settings=TargetsSettings,
    deciders=(
        *(REGION, UNIT, BUREAU, RULE_SET, LIBRARY, PROJECT, RESPONSIBILITY, DELEGATION),
        *(EX_ANTE, TARGET, UNIT_GOALS, JOINT_REVIEW, BUDGET_REQUEST),
    ),
    projections=PROJECTIONS,
    commands=COMMANDS,
    queries=QUERIES,
    policy=POLICY,
    says=PUBLISHED,
    publish=publish,
    hears=HEARS,
    react=react,
    vocabulary=VOCABULARY,
    sheets=(*SHEETS, *LIBRARY_SHEETS),
)
