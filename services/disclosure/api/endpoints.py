"""Every command of disclosure with its address."""

from typing import Final

from services.disclosure.api import commands as do
from services.disclosure.api.disclosure_endpoints import OWED_COMMANDS
from services.disclosure.api.report.commands import PERIOD_COMMANDS
from shared.http.commands import CommandEndpoint

DISCLOSURES: Final = "Disclosures"
POLICIES: Final = "Policies"
TRAININGS: Final = "Trainings"
PUBLICITY: Final = "Publicity"

COMMANDS: Final = (
    CommandEndpoint(
        path="/disclosures/{item_id}/prepare",
        translate=do.prepare_disclosure,
        tag=DISCLOSURES,
        example={"supplement": {"report_url": "https://example.org/report.pdf"}},
    ),
    CommandEndpoint(
        path="/disclosures/{item_id}/review-secrecy",
        translate=do.review_secrecy,
        tag=DISCLOSURES,
        example={"cleared": True, "opinion": "不涉密，可以公开"},
    ),
    CommandEndpoint(
        path="/disclosures/{item_id}/publish",
        translate=do.publish_disclosure,
        tag=DISCLOSURES,
        example={"url": "https://example.org/column/1", "opinion": "不涉密，可以公开"},
    ),
    CommandEndpoint(
        path="/disclosures/{item_id}/withhold",
        translate=do.withhold_disclosure,
        tag=DISCLOSURES,
        example={
            "legal_basis": "STATE_SECRET",
            "authority": "喀什地区保密局",
            "expires_on": "2031-12-31",
        },
    ),
    CommandEndpoint(
        path="/disclosures/{item_id}/correct",
        translate=do.correct_disclosure,
        tag=DISCLOSURES,
        example={"fields": {"annual_goal": "修渠12公里"}, "reason": "录入错误"},
    ),
    *PERIOD_COMMANDS,
    CommandEndpoint(
        path="/policies",
        translate=do.draft_policy,
        tag=POLICIES,
        creates=True,
        example={
            "policy_id": "KS-2021-001",
            "region_code": "653100",
            "layer": "ONE",
            "title": "全面实施预算绩效管理的实施意见",
            "document_no": "喀党发〔2021〕1号",
            "issuer": "中共喀什地委",
            "steps": ["TARGET", "EVALUATION"],
        },
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
    CommandEndpoint(
        path="/trainings",
        translate=do.plan_training,
        tag=TRAININGS,
        creates=True,
        example={
            "session_id": "KS-2021-T01",
            "region_code": "653100",
            "topic": "绩效目标编制",
            "channel": "VIDEO_CONFERENCE",
            "trainer": "绩效专家",
            "planned_on": "2021-03-15",
        },
    ),
    CommandEndpoint(
        path="/trainings/{session_id}/hold",
        translate=do.hold_training,
        tag=TRAININGS,
        example={"held_on": "2021-03-15", "units": 12, "person_times": 55},
    ),
    CommandEndpoint(
        path="/trainings/{session_id}/call-off",
        translate=do.call_off_training,
        tag=TRAININGS,
        example={"reason": "改期"},
    ),
    CommandEndpoint(
        path="/publicity/articles",
        translate=do.write_article,
        tag=PUBLICITY,
        creates=True,
        example={
            "article_id": "KS-2021-A01",
            "region_code": "653100",
            "title": "绩效管理再上新台阶",
            "author": "通讯员",
            "written_on": "2021-05-10",
        },
    ),
    CommandEndpoint(
        path="/publicity/articles/{article_id}/adopt",
        translate=do.adopt_article,
        tag=PUBLICITY,
        example={"outlet": "中国财经报网", "level": "MINISTRY", "adopted_on": "2021-05-12"},
    ),
    CommandEndpoint(
        path="/publicity/articles/{article_id}/feature",
        translate=do.feature_article,
        tag=PUBLICITY,
    ),
    *OWED_COMMANDS,
)
