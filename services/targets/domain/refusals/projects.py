"""How a project says no."""

from shared.domain.refusals import Conflict, Invalid, NotFound


class ProjectUnknown(NotFound):
    """The project is not registered."""

    title_zh = "项目尚未登记"


class ProjectAlreadyRegistered(Conflict):
    """The project code is taken by another project."""

    title_zh = "项目代码已被占用"


class ProjectClosed(Conflict):
    """The project has ended."""

    title_zh = "项目已结束"


class ProjectNotBudgeted(Conflict):
    """Only a project with a budget can be carried out."""

    title_zh = "项目尚未安排预算"


class ProjectNotRunning(Conflict):
    """The project is not being carried out."""

    title_zh = "项目不在执行中"


class ProjectNotSuspended(Conflict):
    """The project is not suspended."""

    title_zh = "项目未处于暂停状态"


class ProjectNotEvaluated(Conflict):
    """Only a project that has ended and was self-evaluated is put on file."""

    title_zh = "项目尚未结束并完成自评，不能归档"


class ProjectNotResearch(Invalid):
    """Only a research project (function 206) is left out of the monitoring of the year."""

    title_zh = "仅科研类项目（支出功能分类206科学技术）可不开展年度中绩效监控"


class ExemptionTooLate(Conflict):
    """A project is left out of monitoring before it has a budget, not afterwards."""

    title_zh = "项目已安排预算，不能再申请不开展年度中绩效监控"


class ExemptionUnexplained(Invalid):
    """An exemption needs a reason."""

    title_zh = "豁免须说明理由"


class SuspendedWithItsMoney(Conflict):
    """The project was suspended with its money and goes on with it, not alone."""

    title_zh = "项目随资金暂停拨付而暂停，须随解除暂停恢复"
