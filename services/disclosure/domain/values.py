"""Words with rules: channels, kinds, layers, process steps, and where a region stands."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

MONTHS_OF_A_YEAR: Final = 12


class Channel(StrEnum):
    """四公开: the four ways in which performance is told."""

    WITH_BUDGET = "WITH_BUDGET"
    WITH_FINAL_ACCOUNTS = "WITH_FINAL_ACCOUNTS"
    KEY_EVALUATION = "KEY_EVALUATION"
    MONTHLY = "MONTHLY"


class ItemKind(StrEnum):
    """What is told one by one (`domain` §2.3, §3.10); 三覆盖 measures the first three."""

    TARGET = "TARGET"
    SELF_EVALUATION = "SELF_EVALUATION"
    FINANCE_REPORT = "FINANCE_REPORT"
    EX_ANTE_REPORT = "EX_ANTE_REPORT"
    DEPARTMENT_REPORT = "DEPARTMENT_REPORT"
    MONITORING_SUMMARY = "MONITORING_SUMMARY"
    RECOVERY_SUMMARY = "RECOVERY_SUMMARY"
    CUT_SUMMARY = "CUT_SUMMARY"
    CIRCULAR = "CIRCULAR"
    RANKING = "RANKING"
    BENEFICIARIES = "BENEFICIARIES"


CHANNEL_OF: Final = {
    ItemKind.TARGET: Channel.WITH_BUDGET,
    ItemKind.EX_ANTE_REPORT: Channel.WITH_BUDGET,
    ItemKind.SELF_EVALUATION: Channel.WITH_FINAL_ACCOUNTS,
    ItemKind.FINANCE_REPORT: Channel.KEY_EVALUATION,
    ItemKind.DEPARTMENT_REPORT: Channel.WITH_FINAL_ACCOUNTS,
    ItemKind.MONITORING_SUMMARY: Channel.MONTHLY,
    ItemKind.RECOVERY_SUMMARY: Channel.MONTHLY,
    ItemKind.CUT_SUMMARY: Channel.MONTHLY,
    ItemKind.CIRCULAR: Channel.MONTHLY,
    ItemKind.RANKING: Channel.MONTHLY,
    ItemKind.BENEFICIARIES: Channel.MONTHLY,
}
COVERED: Final = (ItemKind.TARGET, ItemKind.SELF_EVALUATION, ItemKind.FINANCE_REPORT)
"""三覆盖, in the order of the source report."""


class Layer(StrEnum):
    """Layers of the policy system "1+2+N"."""

    ONE = "ONE"
    TWO = "TWO"
    N = "N"


class Step(StrEnum):
    """Every link of the chain that must have a policy of its own (`domain` §1, §3)."""

    EX_ANTE = "EX_ANTE"
    TARGET = "TARGET"
    EXECUTION = "EXECUTION"
    MONITORING = "MONITORING"
    RECTIFICATION = "RECTIFICATION"
    ADJUSTMENT = "ADJUSTMENT"
    KEY_FUND = "KEY_FUND"
    EVALUATION = "EVALUATION"
    EFFECTIVENESS = "EFFECTIVENESS"
    RESULT_APPLICATION = "RESULT_APPLICATION"
    DISCLOSURE = "DISCLOSURE"
    ACCOUNTABILITY = "ACCOUNTABILITY"


class TrainingChannel(StrEnum):
    """How a training reached its people; the first four are the source report's."""

    FACE_TO_FACE = "FACE_TO_FACE"
    VIDEO_CONFERENCE = "VIDEO_CONFERENCE"
    TENCENT_MEETING = "TENCENT_MEETING"
    ON_SITE = "ON_SITE"
    LIVE_STREAM = "LIVE_STREAM"
    ONLINE_COURSE = "ONLINE_COURSE"
    OTHER = "OTHER"


class PressLevel(StrEnum):
    """Whose medium adopted an article."""

    MINISTRY = "MINISTRY"
    REGION = "REGION"
    LOCAL_MEDIA = "LOCAL_MEDIA"


def days_after(day: date, days: int) -> date:
    """Calendar days later."""
    return day + timedelta(days=days)


def next_month(day: date, of_month: int) -> date:
    """A day of the month that follows."""
    years, month = divmod(day.month, MONTHS_OF_A_YEAR)
    return date(day.year + years, month + 1, of_month)


def lineage(region_code: str) -> tuple[str, ...]:
    """A region and its superiors, nearest first: 653121, 653100, 650000."""
    superiors = (f"{region_code[:4]}00", f"{region_code[:2]}0000")
    return tuple(dict.fromkeys((region_code, *superiors)))
