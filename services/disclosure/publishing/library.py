"""What is told by pages of their own and by no word: the library, trainings, articles, comments."""

from typing import Final

from services.disclosure.domain import comment, policy, publicity, training

type Unsaid = (
    policy.PolicyEvent
    | policy.PolicyNumberRegistered
    | training.TrainingEvent
    | publicity.ArticleEvent
    | comment.CommentEvent
    | comment.sender.CommentTextNoted
    | comment.subject.SubjectErased
)
UNSAID: Final = (
    policy.PolicyDrafted,
    policy.PolicyRevised,
    policy.PolicyLegalityReviewed,
    policy.PolicyIssued,
    policy.PolicyAmended,
    policy.PolicyStepMapped,
    policy.PolicyStepUnmapped,
    policy.PolicyEffectBegun,
    policy.PolicySuperseded,
    policy.PolicyRepealed,
    policy.PolicyEffectEnded,
    policy.PolicyNumberRegistered,
    training.TrainingPlanned,
    training.TrainingHeld,
    training.TrainingClosed,
    training.TrainingCorrected,
    training.TrainingDropped,
    publicity.ArticleWritten,
    publicity.ArticleSubmitted,
    publicity.ArticleAdopted,
    publicity.ArticleFeatured,
    comment.CommentFiled,
    comment.CommentReopened,
    comment.CommentPublished,
    comment.CommentRejected,
    comment.CommentAnswered,
    comment.CommentOverdue,
    comment.CommentContactRevealed,
    comment.CommentContactErased,
    comment.sender.CommentTextNoted,
    comment.subject.SubjectErased,
)
