"""How trainings say no, beside the refusals of before."""

from shared.domain.refusals import Conflict, Invalid


class TrainingNotHeld(Conflict):
    """Attendance belongs to a session that was held."""

    title_zh = "培训尚未举办"


class TrainingHeldInFuture(Invalid):
    """A session is held today or was held before."""

    title_zh = "举办日期不得晚于今日"


class AttendanceClosed(Conflict):
    """A closed attendance is corrected with a reason, not closed again."""

    title_zh = "签到已截止，如有差错请更正并说明理由"


class UnitsMiscounted(Invalid):
    """The number of units is the number of those that are named."""

    title_zh = "参训单位数与所列单位不符"
