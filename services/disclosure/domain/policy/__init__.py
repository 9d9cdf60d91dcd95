"""The policy library "1+2+N": drafted, reviewed, issued, in force, amended, ended, by dates.

Source: 制度体系 (`domain` §3.12); every step of the process has a policy. A document is in force
from the day it takes effect until the day it ends; both are known from the day they are decided,
and the clock says when they have come.
"""

from services.disclosure.domain.policy.aggregate import decide, decider
from services.disclosure.domain.policy.commands import (
    AmendPolicy,
    BeginPolicyEffect,
    DraftPolicy,
    EndPolicyEffect,
    IssuePolicy,
    MapPolicyStep,
    RecordPolicy,
    RegisterPolicyNumber,
    RepealPolicy,
    ReplacePolicy,
    ReviewPolicyLegality,
    RevisePolicy,
    SupersedePolicy,
    UnmapPolicyStep,
)
from services.disclosure.domain.policy.document import Document, PolicyOrigin
from services.disclosure.domain.policy.events import (
    PolicyAmended,
    PolicyDrafted,
    PolicyEffectBegun,
    PolicyEffectEnded,
    PolicyEvent,
    PolicyIssued,
    PolicyLegalityReviewed,
    PolicyNumberRegistered,
    PolicyRepealed,
    PolicyRevised,
    PolicyStepMapped,
    PolicyStepUnmapped,
    PolicySuperseded,
)
from services.disclosure.domain.policy.numbering import number_decider
from services.disclosure.domain.policy.states import Draft, Ended, Issued, Reviewed, Unknown, evolve

__all__ = [
    "AmendPolicy",
    "BeginPolicyEffect",
    "Document",
    "Draft",
    "DraftPolicy",
    "EndPolicyEffect",
    "Ended",
    "IssuePolicy",
    "Issued",
    "MapPolicyStep",
    "PolicyAmended",
    "PolicyDrafted",
    "PolicyEffectBegun",
    "PolicyEffectEnded",
    "PolicyEvent",
    "PolicyIssued",
    "PolicyLegalityReviewed",
    "PolicyNumberRegistered",
    "PolicyOrigin",
    "PolicyRepealed",
    "PolicyRevised",
    "PolicyStepMapped",
    "PolicyStepUnmapped",
    "PolicySuperseded",
    "RecordPolicy",
    "RegisterPolicyNumber",
    "RepealPolicy",
    "ReplacePolicy",
    "ReviewPolicyLegality",
    "Reviewed",
    "RevisePolicy",
    "SupersedePolicy",
    "Unknown",
    "UnmapPolicyStep",
    "decide",
    "decider",
    "evolve",
    "number_decider",
]
