"""Every read model of the service, in the order in which a fact reaches them."""

from typing import Final

from services.targets.projections.adjustment_register import adjustment_register
from services.targets.projections.budget_requests import budget_requests
from services.targets.projections.delegation_register import delegation_register
from services.targets.projections.desk_stays import desk_stays
from services.targets.projections.ex_ante_papers import ex_ante_papers
from services.targets.projections.ex_ante_register import ex_ante_register
from services.targets.projections.joint_review_register import joint_review_register
from services.targets.projections.library_register import library_register
from services.targets.projections.library_usage import library_usage
from services.targets.projections.office_terms import office_terms
from services.targets.projections.project_particulars import project_particulars
from services.targets.projections.project_register import project_register
from services.targets.projections.region_register import region_register
from services.targets.projections.responsibility_matrix import responsibility_matrix
from services.targets.projections.return_register import return_register
from services.targets.projections.rule_sets import rule_sets
from services.targets.projections.section_register import section_register
from services.targets.projections.target_opinions import target_opinions
from services.targets.projections.target_register import target_register
from services.targets.projections.target_statistics import target_statistics
from services.targets.projections.target_versions import target_versions
from services.targets.projections.unit_register import unit_register

PROJECTIONS: Final = (
    region_register,
    unit_register,
    section_register,
    office_terms,
    rule_sets,
    library_register,
    project_register,
    responsibility_matrix,
    delegation_register,
    project_particulars,
    ex_ante_register,
    ex_ante_papers,
    target_register,
    target_versions,
    library_usage,
    target_opinions,
    adjustment_register,
    joint_review_register,
    budget_requests,
    target_statistics,
    desk_stays,
    return_register,
)
