"""The letter: drafted by one, signed by another, received, objected to, corrected by a new one."""

from collections.abc import Sequence

from services.monitoring.domain.values import Level
from services.monitoring.domain.warning import refusals as no
from services.monitoring.domain.warning.commands import (
    AcknowledgeLetter,
    AnswerObjection,
    CorrectLetter,
    DraftCorrection,
    DraftLetter,
    IssueLetter,
)
from services.monitoring.domain.warning.events import (
    CorrectionDrafted,
    LetterAcknowledged,
    LetterDrafted,
    ObjectionAnswered,
    WarningEvent,
)
from services.monitoring.domain.warning.state import (
    Answering,
    Drafted,
    Issued,
    Objection,
    OpenState,
    Pushed,
    Raised,
)
from services.monitoring.domain.warning.writing import write_correction, write_letter
from shared.domain.hands import Hands
from shared.domain.workdays import business_date

type Facts = Sequence[WarningEvent]


def draft(command: DraftLetter, state: OpenState) -> Facts:
    """Write it, or write it anew; after it was sent there is nothing to draft."""
    if isinstance(state, Raised):
        raise no.WarningNotPushed
    if not isinstance(state, Pushed | Drafted):
        return []
    text = _text(command, state)
    return [] if isinstance(state, Drafted) and state.draft == text else [text]


def _text(command: DraftLetter, state: OpenState) -> LetterDrafted:
    return LetterDrafted(
        project=state.case.project,
        demands=command.demands,
        evidence_wanted=command.evidence_wanted,
        contact=command.contact,
        phone=command.phone,
        drafted_by=command.by,
        secrecy=command.secrecy,
    )


def issue(command: IssueLetter, state: OpenState) -> Facts:
    """Sign it: not who drafted it, and a leader where it is red."""
    if isinstance(state, Raised | Pushed):
        raise no.LetterNotDrafted
    if not isinstance(state, Drafted):
        return []
    _expect_signer(command, state.writers, state.case.level)
    return [write_letter(command, state.case, state.draft, state.replaces)]


def _expect_signer(command: IssueLetter | CorrectLetter, writers: Hands, level: Level) -> None:
    writers.expect_another(command.by, no.SignerDraftedLetter)
    if level is Level.RED and not command.signed_by_leader:
        raise no.RedLetterNeedsLeader


def _sent(state: OpenState) -> Answering:
    if isinstance(state, Raised | Pushed | Drafted):
        raise no.LetterNotIssued
    return state


def acknowledge(command: AcknowledgeLetter, state: OpenState) -> Facts:
    """Sign the receipt, with or without an objection."""
    sent = _sent(state)
    if not isinstance(sent, Issued):
        return []
    return [
        LetterAcknowledged(
            project=sent.case.project,
            received_by=command.received_by,
            objection=command.objection,
            received_on=business_date(command.now),
            acknowledged_by=command.by,
            letter_no=sent.issued.letter.letter_no,
        )
    ]


def answer(command: AnswerObjection, state: OpenState) -> Facts:
    """Decide an objection: not who drafted, signed or corrected the letter, nor who objected.

    Source: `domain` §2.3: not the original reviewer.
    """
    sent = _sent(state)
    match sent.objection:
        case Objection.NONE:
            raise no.NothingObjected
        case Objection.OPEN:
            pass
        case _:
            return []
    wrote = sent.writers.joined(sent.signers)
    wrote.joined(sent.objectors).expect_another(command.by, no.AnswererWroteLetter)
    return [
        ObjectionAnswered(
            project=sent.case.project,
            kept=command.kept,
            answer=command.answer,
            answered_by=command.by,
            answered_on=business_date(command.now),
            letter_no=sent.issued.letter.letter_no,
        )
    ]


def draft_correction(command: DraftCorrection, state: OpenState) -> Facts:
    """Write what corrects the letter that stands."""
    sent = _sent(state)
    text = CorrectionDrafted(
        project=sent.case.project,
        draft=_text(command, sent),
        corrects=sent.issued.letter.letter_no,
        reason=command.reason,
    )
    return [] if sent.correction == text or _is_corrected_by(sent, text) else [text]


def _is_corrected_by(sent: Answering, text: CorrectionDrafted) -> bool:
    """Whether the letter that stands says this already, as the correction of another."""
    letter = sent.issued.letter
    said = (letter.correction, letter.demands, letter.evidence_wanted, letter.contact, letter.phone)
    wanted = text.draft
    return letter.corrects is not None and said == (
        text.reason,
        wanted.demands,
        wanted.evidence_wanted,
        wanted.contact,
        wanted.phone,
    )


def correct(command: CorrectLetter, state: OpenState) -> Facts:
    """Sign the correction; asked again, it is already sent."""
    sent = _sent(state)
    if sent.correction is None:
        if sent.issued.letter.corrects is not None:
            return []
        raise no.CorrectionNotDrafted
    _expect_signer(command, sent.writers, sent.case.level)
    return [write_correction(command, sent.case, sent.correction)]
