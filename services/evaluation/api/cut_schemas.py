"""Bodies of what is asked of a cut."""

from typing import Annotated

from pydantic import Field

from services.evaluation.api.schemas import Body, Code, Text, Year
from shared.contracts.fields import Yuan


class ProposeCutBody(Body):
    """A new application and the badly judged project it resembles."""

    cut_id: Code
    project_code: Code
    project_name: Annotated[str, Field(min_length=1, max_length=200)]
    budget_year: Year
    basis_project_code: Code
    basis_fiscal_year: Year
    requested: Yuan
    amount: Yuan
    similarity: Text
    function_code: Annotated[str, Field(pattern=r"^[0-9]{0,7}$")] = ""
    track_pro_code: Annotated[str, Field(max_length=60)] = ""
    origin: Annotated[str, Field(pattern=r"^(OFFICIAL|SYNTHETIC)$")] = "OFFICIAL"
