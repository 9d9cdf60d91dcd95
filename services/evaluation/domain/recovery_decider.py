"""The recovery as the kernel knows it."""

from services.evaluation.domain import recovery_messages as said
from services.evaluation.domain.recovery import consults, decide, evolve, identify, inform
from services.evaluation.domain.recovery_states import Recovery, Unclaimed, owner
from shared.domain.decider import Decider

recovery_decider: Decider[said.RecoveryRequest, said.RecoveryEvent, Recovery] = Decider(
    category="recovery",
    initial=Unclaimed(),
    commands=(
        said.IdentifyRecovery,
        said.NotifyRecovery,
        said.AnswerRecovery,
        said.CloseAnswerTerm,
        said.ApproveRecovery,
        said.BookRecovery,
        said.FailRecovery,
        said.WithdrawRecovery,
    ),
    events={
        "RecoveryIdentified": said.RecoveryIdentified,
        "RecoveryNotified": said.RecoveryNotified,
        "RecoveryAnswered": said.RecoveryAnswered,
        "RecoveryUnanswered": said.RecoveryUnanswered,
        "RecoveryApproved": said.RecoveryApproved,
        "PartReceived": said.PartReceived,
        "RecoveryBooked": said.RecoveryBooked,
        "RecoveryFailed": said.RecoveryFailed,
        "RecoveryWithdrawn": said.RecoveryWithdrawn,
    },
    decide=decide,
    evolve=evolve,
    identify=identify,
    owner=owner,
    consults=consults,
    inform=inform,
)
