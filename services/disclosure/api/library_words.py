"""Codes of the policy library, trainings, publicity and comments, in both languages."""

from collections.abc import Mapping
from typing import Final

LIBRARY_VOCABULARY: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "PolicyStatus": {
        "DRAFT": ("草案", "Draft"),
        "LEGALITY_REVIEWED": ("已通过合法性审查", "Legality reviewed"),
        "ISSUED": ("已印发待施行", "Issued, not in force yet"),
        "EFFECTIVE": ("现行有效", "In force"),
        "AMENDED": ("现行有效（修订待施行）", "In force, an amendment is coming"),
        "SUPERSEDED": ("已被替代", "Superseded"),
        "REPEALED": ("已废止", "Repealed"),
    },
    "PolicyOrigin": {
        "DRAFTED": ("本库起草", "Drafted here"),
        "IMPORTED": ("既有制度导入", "Imported, issued elsewhere"),
    },
    "TrainingStatus": {
        "PLANNED": ("已计划", "Planned"),
        "HELD": ("已举办", "Held"),
        "ATTENDANCE_CLOSED": ("签到已截止", "Attendance closed"),
        "CALLED_OFF": ("已取消", "Called off"),
    },
    "ArticleStatus": {
        "WRITTEN": ("已撰写", "Written"),
        "SUBMITTED": ("已报送", "Submitted"),
        "ADOPTED": ("已采用", "Adopted"),
    },
    "CommentAbout": {
        "NOTHING": ("不针对具体事项", "Nothing in particular"),
        "ITEM": ("公开事项", "A disclosed item"),
        "PROJECT": ("项目", "A project"),
        "UNIT": ("单位", "A unit"),
    },
    "CommentChannel": {
        "ONLINE": ("网上留言", "Online"),
        "LETTER": ("来信", "Letter"),
        "PHONE": ("来电", "Phone"),
        "VISIT": ("来访", "Visit"),
    },
    "CommentStatus": {
        "FILED": ("待审核", "Waits for moderation"),
        "PUBLISHED": ("已公开待答复", "Shown, waits for its answer"),
        "ANSWERED": ("已答复", "Answered"),
        "REJECTED": ("不予公开", "Not shown"),
    },
    "RejectionReason": {
        "UNLAWFUL": ("含有违法内容", "Unlawful"),
        "ABUSIVE": ("含有辱骂、攻击内容", "Abusive"),
        "PERSONAL_DATA": ("含有他人个人信息", "Personal data of others"),
        "ADVERTISING": ("广告或推广", "Advertising"),
        "REPEATED": ("重复留言", "Repeated"),
        "UNRELATED": ("与预算绩效无关", "Unrelated to budget performance"),
    },
    "RevealPurpose": {
        "ANSWER": ("联系留言人", "To reach the commenter"),
        "INQUIRY": ("核实情况", "To look into the matter"),
        "AUDIT": ("审计检查", "Audit"),
    },
    "Masked": {
        "ID_NUMBER": ("证件号码", "Identity number"),
        "PHONE": ("电话号码", "Phone number"),
        "BANK_ACCOUNT": ("银行账号", "Bank account"),
        "EMAIL": ("电子邮箱", "E-mail address"),
    },
}
