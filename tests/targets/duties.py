"""People who take over, stand in for each other, and sign."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from services.targets.domain.commands.delegation import DelegateSignature, WithdrawDelegation
from services.targets.domain.commands.responsibility import TransferResponsibility
from services.targets.domain.delegation import DELEGATION
from services.targets.domain.duties import Step
from services.targets.domain.events.responsibility import ResponsibilityTransferred
from services.targets.domain.unit_goals import NO_GOALS
from services.targets.domain.values import Office, Responsible
from shared.testing.spec import Spec
from tests.targets import stories as s

delegation = Spec(DELEGATION)
OTHERS: Final = Responsible(business="古丽", finance="王芳", head="李强")
DEPUTY: Final = "赵敏"

transfer = TransferResponsibility(
    project_code=s.CODE,
    fiscal_year=s.YEAR,
    steps=(Step.TARGET, Step.SELF_EVAL),
    responsible=OTHERS,
    reason="岗位调整",
    by=s.HEAD,
    now=s.NOW,
)
TRANSFERRED: Final = ResponsibilityTransferred(
    steps=(Step.TARGET, Step.SELF_EVAL),
    responsible=OTHERS,
    reason="岗位调整",
    project_code=s.CODE,
    fiscal_year=s.YEAR,
    region_code="653101",
    unit_code=s.UNIT_CODE,
)
delegate = DelegateSignature(
    delegation_id="D1",
    unit_code=s.UNIT_CODE,
    office=Office.HEAD,
    delegator=s.PERSONS.head,
    delegate=DEPUTY,
    from_on=date(2021, 3, 1),
    until_on=date(2021, 3, 5),
    offices=frozenset({Office.HEAD}),
    by=s.HEAD,
    now=s.NOW,
)
withdraw = WithdrawDelegation(delegation_id="D1", reason="已返岗", by=s.HEAD, now=s.NOW)
a_delegation = delegation.knowing(s.a_unit.state).after(delegate)


def delegated(**changes: Any) -> Any:  # noqa: ANN401 - a story
    """A delegation that differs in something."""
    return delegation.knowing(s.a_unit.state).after(replace(delegate, **changes))


def signing(given: object) -> Any:  # noqa: ANN401 - a story
    """A target that both offices stand by, for a head who may let somebody sign."""
    known = (*s.AT_SIGNING[:3], given, NO_GOALS)
    return s.confirmed().knowing(*known)
