"""Bodies of what is asked of a linkage."""

from typing import Annotated

from pydantic import Field

from services.evaluation.api.schemas import Body, Code, DocumentNo, Note, Share, Text, Year
from services.evaluation.domain.linkage.events import Exemption
from shared.contracts.fields import Day, Yuan


class LinkageBody(Body):
    """What binds a unit's coming budget. Without an amount the approved budget is taken.

    The cut ratio is chosen for a poor unit alone, within the range of the rule set.
    """

    unit_code: Code
    basis_fiscal_year: Year
    previous_budget: Yuan | None = None
    cut_ratio: Share | None = None


class NotifyLinkageBody(Body):
    """The notice; without a day the unit has all the working days of the rule set."""

    document_no: DocumentNo
    answer_by: Day | None = None


class ExemptBody(Body):
    """A project whose money no cap binds, and why."""

    project_code: Code
    kind: Exemption
    amount: Yuan
    reason: Text
    document_no: DocumentNo


class RemarkBody(Body):
    """Why it is so decided, where that has to be said."""

    remark: Annotated[Note, Field(default="")]
