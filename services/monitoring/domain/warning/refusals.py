"""Every way a warning says no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class WarningNotRaised(NotFound):
    """There is no such warning."""

    title_zh = "该预警不存在"


class WarningNeedsReason(Invalid):
    """A warning names at least one reason and is blue or red."""

    title_zh = "预警须注明等级和原因"


class WarningEnded(Conflict):
    """A warning that has ended does not change."""

    title_zh = "该预警已结束"


class WarningNotPushed(Conflict):
    """A letter follows a warning that was pushed to its unit."""

    title_zh = "预警尚未推送"


class LetterNotDrafted(Conflict):
    """Only a drafted letter can be signed and sent."""

    title_zh = "告知函尚未拟稿"


class ConfirmerRaisedWarning(Forbidden):
    """Four eyes: nobody confirms a warning they raised."""

    title_zh = "预警提出人不得自行确认"


class SignerDraftedLetter(Forbidden):
    """Four eyes: nobody signs a letter they drafted, also where another drafted it otherwise."""

    title_zh = "拟稿人不得签发同一告知函"


class RedLetterNeedsLeader(Forbidden):
    """A red letter is signed by a leader of the bureau."""

    title_zh = "红色预警告知函须由财政局领导签发"


class LetterNotIssued(Conflict):
    """Only a letter that was sent can be acknowledged."""

    title_zh = "告知函尚未发出"


class LetterNotAcknowledged(Conflict):
    """A plan follows the receipt of the letter."""

    title_zh = "告知函尚未签收"


class PlanLeavesReasonsOpen(Invalid):
    """A plan says for every reason what will be done."""

    title_zh = "整改方案未覆盖全部问题"


class PlanBeyondDeadline(Invalid):
    """No step of a plan ends after the letter's last day."""

    title_zh = "整改方案完成时间超过告知函时限"


class PlanNotSubmitted(Conflict):
    """Evidence follows a plan."""

    title_zh = "尚未提交整改方案"


class ProofMissing(Invalid):
    """What was done has to be shown."""

    title_zh = "缺少整改佐证材料"


class NothingToVerify(Conflict):
    """Only submitted evidence can be verified or failed."""

    title_zh = "尚未提交整改结果"


class VerifierSubmittedEvidence(Forbidden):
    """Four eyes: nobody verifies evidence they handed in."""

    title_zh = "核验人不得核验本人提交的整改材料"


class MeasureNotDue(Conflict):
    """Measures follow a red warning that was not answered."""

    title_zh = "预警尚未升级，不能采取措施"


class WarningStillOpen(Conflict):
    """A warning is closed after its cure was verified or a measure was taken."""

    title_zh = "整改未核验且未采取措施，不能销号"


class AnswersMissing(Invalid):
    """Every reason is answered, and effects on money and target are stated, even if none."""

    title_zh = "未逐项说明问题处理结果及资金、目标影响"


class NothingObjected(Conflict):
    """Only an objection can be answered."""

    title_zh = "该告知函没有异议"


class AnswererWroteLetter(Forbidden):
    """An objection is decided by another than who drafted, signed or corrected the letter."""

    title_zh = "拟稿人、签发人不得答复对同一告知函的异议"


class ObjectionOpen(Conflict):
    """A warning does not end while an objection is not answered."""

    title_zh = "对告知函的异议尚未答复"


class CorrectionNotDrafted(Conflict):
    """Only a drafted correction can be signed and sent."""

    title_zh = "更正函尚未拟稿"


class OwnersAreOne(Invalid):
    """The business office and the finance office each name a person of their own."""

    title_zh = "业务责任人与财务责任人不得为同一人"


class AdjustmentMissing(Invalid):
    """An adjustment as a measure says what changes; no other measure does, and none suspends."""

    title_zh = "资金调整措施须注明调整种类和金额，其他措施不得注明"


class MeasureNotProposed(Conflict):
    """A measure is proposed before it is approved and taken."""

    title_zh = "该措施尚未提出"


class ApproverProposedMeasure(Forbidden):
    """Four eyes: nobody approves a measure they proposed."""

    title_zh = "提出人不得审批同一措施"


class ApprovalNotTheirs(Forbidden):
    """A measure is approved by the office whose approval is still missing."""

    title_zh = "该措施须由其他岗位审批"


class MeasureNotApproved(Conflict):
    """A measure is taken when everybody has approved it who has to."""

    title_zh = "该措施尚未完成审批"


class NothingSuspended(Conflict):
    """Only payment that a measure has stopped can go on."""

    title_zh = "没有因预警暂停拨付的资金"
