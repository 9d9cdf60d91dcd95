"""The rules that bind a region and year, for answers that apply them while they are read."""

from services.evaluation.domain.adopted_rules import Rules, RulesAdopted, adopted, bind
from shared.http.facts import said_in
from shared.http.reading import Read


async def rules_in_force(read: Read, region_code: str, *fiscal_years: int) -> Rules:
    """The nearest rules that were adopted, or the refusal that there are none."""
    for reference in bind(region_code, *fiscal_years):
        said = [e for e in await said_in(read, reference.stream) if isinstance(e, RulesAdopted)]
        if said:
            last = said[-1]
            return Rules(version=last.version, legal_basis=last.legal_basis, text=last.text)
    return adopted(None)
