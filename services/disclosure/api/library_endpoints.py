"""Commands about policies, ideas, trainings and articles, with their addresses."""

from typing import Any, Final

from services.disclosure.api import library_commands as do
from services.disclosure.api import library_work_commands as work
from shared.http.commands import CommandEndpoint

POLICIES: Final = "Policies"
TRAININGS: Final = "Trainings"
PUBLICITY: Final = "Publicity"
_SHA256: Final = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_DOCUMENT: Final[dict[str, Any]] = {
    "policy_id": "KS-2021-001",
    "region_code": "653100",
    "layer": "ONE",
    "title": "全面实施预算绩效管理的实施意见",
    "document_no": "喀党发〔2021〕1号",
    "issuer": "中共喀什地委",
    "steps": ["TARGET", "EVALUATION"],
    "text_sha256": _SHA256,
}
_SESSION: Final = {
    "session_id": "KS-2021-T01",
    "region_code": "653100",
    "topic": "绩效目标编制",
    "channel": "VIDEO_CONFERENCE",
    "trainer": "绩效专家",
    "planned_on": "2021-03-15",
}
_ARTICLE: Final = {
    "article_id": "KS-2021-A01",
    "region_code": "653100",
    "title": "绩效管理再上新台阶",
    "author": "通讯员",
    "written_on": "2021-05-10",
}
_ADOPTION: Final = {"outlet": "中国财经报网", "level": "MINISTRY", "adopted_on": "2021-05-12"}
_ATTENDANCE: Final = {"units": 12, "person_times": 55, "sheet_sha256": _SHA256}

_POLICIES: Final = (
    CommandEndpoint(
        path="/policies",
        translate=do.draft_policy,
        tag=POLICIES,
        creates=True,
        example={**_DOCUMENT, "supersedes": ["KS-2018-001"]},
    ),
    CommandEndpoint(
        path="/policies/record",
        translate=do.record_policy,
        tag=POLICIES,
        creates=True,
        location="/policies/{id}",
        example={
            **_DOCUMENT,
            "issued_on": "2019-03-01",
            "effective_on": "2019-04-01",
            "status": "EFFECTIVE",
        },
    ),
    CommandEndpoint(
        path="/policies/{policy_id}/revise",
        translate=do.revise_policy,
        tag=POLICIES,
        example={"layer": "ONE", "title": "实施意见（修改稿）", "steps": ["TARGET"]},
    ),
    CommandEndpoint(
        path="/policies/{policy_id}/review-legality",
        translate=do.review_policy_legality,
        tag=POLICIES,
        example={"passed": True, "opinion": "与上位法一致"},
    ),
    CommandEndpoint(
        path="/policies/{policy_id}/issue",
        translate=do.issue_policy,
        tag=POLICIES,
        example={"issued_on": "2021-01-04", "effective_on": "2021-02-01"},
    ),
    CommandEndpoint(
        path="/policies/{policy_id}/amend",
        translate=do.amend_policy,
        tag=POLICIES,
        example={"steps": ["TARGET"], "summary": "修订第三条", "effective_on": "2021-06-01"},
    ),
    CommandEndpoint(
        path="/policies/{policy_id}/map",
        translate=do.map_policy_step,
        tag=POLICIES,
        example={"step": "MONITORING", "from_on": "2021-06-01"},
    ),
    CommandEndpoint(
        path="/policies/{policy_id}/unmap",
        translate=do.unmap_policy_step,
        tag=POLICIES,
        example={"step": "MONITORING", "from_on": "2021-12-01"},
    ),
    CommandEndpoint(
        path="/policies/{policy_id}/supersede",
        translate=do.supersede_policy,
        tag=POLICIES,
        example={"superseded_by": "KS-2021-002", "ends_on": "2021-07-01"},
    ),
    CommandEndpoint(
        path="/policies/{policy_id}/repeal",
        translate=do.repeal_policy,
        tag=POLICIES,
        example={"reason": "已不适用", "ends_on": "2021-12-31"},
    ),
    CommandEndpoint(
        path="/ideas",
        translate=do.declare_idea,
        tag=POLICIES,
        creates=True,
        example={
            "idea_id": "KS-IDEA-1",
            "region_code": "653100",
            "text": "花钱必问效，无效必问责",
            "text_en": "Who spends answers for the effect",
            "declared_on": "2021-01-01",
        },
    ),
    CommandEndpoint(
        path="/ideas/{idea_id}/drop",
        translate=do.drop_idea,
        tag=POLICIES,
        example={"dropped_on": "2022-01-01"},
    ),
)
_TRAININGS: Final = (
    CommandEndpoint(
        path="/trainings",
        translate=work.plan_training,
        tag=TRAININGS,
        creates=True,
        example=_SESSION,
    ),
    CommandEndpoint(
        path="/trainings/record",
        translate=work.record_training,
        tag=TRAININGS,
        creates=True,
        location="/trainings/{id}",
        example={**_SESSION, "held_on": "2021-03-15", **_ATTENDANCE},
    ),
    CommandEndpoint(
        path="/trainings/{session_id}/hold",
        translate=work.hold_training,
        tag=TRAININGS,
        example={"held_on": "2021-03-15", "units": 12, "person_times": 55},
    ),
    CommandEndpoint(
        path="/trainings/{session_id}/close",
        translate=work.close_training,
        tag=TRAININGS,
        example={**_ATTENDANCE, "unit_codes": []},
    ),
    CommandEndpoint(
        path="/trainings/{session_id}/correct",
        translate=work.correct_training,
        tag=TRAININGS,
        example={**_ATTENDANCE, "person_times": 54, "reason": "签到表重复一行"},
    ),
    CommandEndpoint(
        path="/trainings/{session_id}/call-off",
        translate=work.call_off_training,
        tag=TRAININGS,
        example={"reason": "改期"},
    ),
)
_PUBLICITY: Final = (
    CommandEndpoint(
        path="/publicity/articles",
        translate=work.write_article,
        tag=PUBLICITY,
        creates=True,
        example=_ARTICLE,
    ),
    CommandEndpoint(
        path="/publicity/articles/record",
        translate=work.record_article,
        tag=PUBLICITY,
        creates=True,
        location="/publicity/articles/{id}",
        example={**_ARTICLE, **_ADOPTION, "link": "https://example.org/1", "featured": True},
    ),
    CommandEndpoint(
        path="/publicity/articles/{article_id}/submit",
        translate=work.submit_article,
        tag=PUBLICITY,
        example={"outlet": "中国财经报网", "submitted_on": "2021-05-11"},
    ),
    CommandEndpoint(
        path="/publicity/articles/{article_id}/adopt",
        translate=work.adopt_article,
        tag=PUBLICITY,
        example=_ADOPTION,
    ),
    CommandEndpoint(
        path="/publicity/articles/{article_id}/feature",
        translate=work.feature_article,
        tag=PUBLICITY,
    ),
)
LIBRARY_COMMANDS: Final = (*_POLICIES, *_TRAININGS, *_PUBLICITY)
