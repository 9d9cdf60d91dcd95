"""What a request may say of the application form of a target (`domain` §8.1)."""

from typing import Annotated

from pydantic import Field

from services.targets.api.schemas import Body, Text
from services.targets.domain.application import Application, Funds
from shared.contracts.fields import Day, Yuan
from shared.domain.money import ZERO


class FundsBody(Body):
    """A sum for the whole period and the sources it comes from; they must add up."""

    total: Yuan
    fiscal: Yuan = ZERO
    other: Yuan = ZERO

    def funds(self) -> Funds:
        """As a value of the domain."""
        return Funds(**dict(self))


class AnnualFundsBody(FundsBody):
    """A sum for the year, with what was left of the year before."""

    carried_over: Yuan = ZERO


class ApplicationBody(Body):
    """Period, grounds, plan and money of a project, as its unit applies for them."""

    starts_on: Day | None = None
    ends_on: Day | None = None
    phone: Annotated[str, Field(max_length=40, examples=["0998-2820001"])] = ""
    grounds: Annotated[Text, Field(description="立项依据")] = ""
    plan: Annotated[Text, Field(description="实施方案要点")] = ""
    midterm_goal: Text = ""
    midterm_funds: FundsBody | None = None
    annual_funds: AnnualFundsBody | None = None

    def application(self) -> Application:
        """As a value of the domain."""
        said = dict(self)
        for name in ("midterm_funds", "annual_funds"):
            stated: FundsBody | None = said[name]
            said[name] = stated.funds() if stated else None
        return Application(**said)
