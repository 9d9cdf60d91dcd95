"""Every code of a service with its label in both languages: `GET /v1/vocabulary`."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from shared.http.policy import Role

type Vocabulary = Mapping[str, Mapping[str, tuple[str, str]]]

ROLE_LABELS: Final[Mapping[str, tuple[str, str]]] = {
    Role.UNIT_BUSINESS: ("单位业务股室", "Business section of a unit"),
    Role.UNIT_FINANCE: ("单位财务股室", "Finance section of a unit"),
    Role.UNIT_HEAD: ("单位负责人", "Head of a unit"),
    Role.DEPT_REVIEWER: ("主管部门审核人", "Reviewer of a department"),
    Role.DEPT_HEAD: ("主管部门负责人", "Head of a department"),
    Role.FB_BUSINESS: ("财政业务科室", "Business section of the finance bureau"),
    Role.FB_PERFORMANCE: ("财政绩效科室", "Performance section of the finance bureau"),
    Role.FB_BUDGET: ("财政预算科室", "Budget section of the finance bureau"),
    Role.FB_TREASURY: ("国库支付部门", "Treasury of the finance bureau"),
    Role.FB_SUPERVISION: ("财政监督部门", "Supervision of the finance bureau"),
    Role.FB_LEADER: ("财政局领导", "Leader of the finance bureau"),
    Role.COUNTY_FB: ("县级财政部门", "County finance bureau"),
    Role.EXPERT: ("专家", "Expert"),
    Role.THIRD_PARTY_LEAD: ("第三方机构主评人", "Lead of a third party"),
    Role.THIRD_PARTY_MEMBER: ("第三方机构成员", "Member of a third party"),
    Role.CONGRESS: ("人大", "People's Congress"),
    Role.AUDIT: ("审计", "Audit office"),
    Role.DISCIPLINE: ("纪检监察", "Discipline inspection"),
    Role.PUBLIC: ("社会公众", "The public"),
    Role.SYS_ADMIN: ("系统管理员", "System administrator"),
}


class Term(BaseModel):
    """One code and what it is called."""

    code: str = Field(examples=["EXCELLENT"])
    zh: str = Field(examples=["优"])
    en: str = Field(examples=["Excellent"])


class Terms(BaseModel):
    """Every enumeration of this service."""

    enums: dict[str, list[Term]]


def vocabulary_router(vocabulary: Vocabulary | None) -> APIRouter:
    """The route that lists the codes."""
    listed = {"Role": ROLE_LABELS, **(vocabulary or {})}
    answer = Terms(
        enums={
            name: [Term(code=str(code), zh=zh, en=en) for code, (zh, en) in codes.items()]
            for name, codes in sorted(listed.items())
        }
    )
    router = APIRouter(tags=["Reference"])

    @router.get("/v1/vocabulary", operation_id="get_vocabulary")
    async def get_vocabulary(_request: Request) -> Terms:
        """Every code with its Chinese and English label. Codes are stable, labels may improve."""
        return answer

    return router
