"""One POST per command: a request becomes a command, nothing else."""

from services.disclosure.api.schemas import (
    AdoptArticleBody,
    AmendPolicyBody,
    CallOffTrainingBody,
    CorrectDisclosureBody,
    DeclareIdeaBody,
    DraftPolicyBody,
    DropIdeaBody,
    HoldTrainingBody,
    IssuePolicyBody,
    PlanTrainingBody,
    PrepareDisclosureBody,
    PublishDisclosureBody,
    RepealPolicyBody,
    ReviewSecrecyBody,
    SupersedePolicyBody,
    WithholdDisclosureBody,
    WriteArticleBody,
)
from services.disclosure.domain import idea, policy, publicity, training
from services.disclosure.domain.item_words import (
    CorrectDisclosure,
    PrepareDisclosure,
    PublishDisclosure,
    ReviewSecrecy,
    WithholdDisclosure,
)
from shared.http.commands import Asked


def prepare_disclosure(
    asked: Asked, item_id: str, body: PrepareDisclosureBody
) -> PrepareDisclosure:
    """Ready an item that is owed: explanations and links beside the facts as decided."""
    return PrepareDisclosure(
        item_id=item_id, supplement={**body.supplement}, by=asked.actor, now=asked.now
    )


def review_secrecy(asked: Asked, item_id: str, body: ReviewSecrecyBody) -> ReviewSecrecy:
    """Look for secrets and protected data; never by the one who prepared it."""
    return ReviewSecrecy(
        item_id=item_id,
        cleared=body.cleared,
        opinion=body.opinion,
        accepted=tuple(body.accepted),
        by=asked.actor,
        now=asked.now,
    )


def publish_disclosure(
    asked: Asked, item_id: str, body: PublishDisclosureBody
) -> PublishDisclosure:
    """Tell the public. With an opinion, the secrecy is cleared in the same act."""
    return PublishDisclosure(
        item_id=item_id,
        opinion=body.opinion,
        url=body.url,
        file_sha256=body.file_sha256,
        column=body.column,
        accepted=tuple(body.accepted),
        by=asked.actor,
        now=asked.now,
    )


def withhold_disclosure(
    asked: Asked, item_id: str, body: WithholdDisclosureBody
) -> WithholdDisclosure:
    """Not to tell: with a legal basis, an authority and a last day, and openly."""
    return WithholdDisclosure(
        item_id=item_id,
        legal_basis=body.legal_basis,
        authority=body.authority,
        expires_on=body.expires_on,
        by=asked.actor,
        now=asked.now,
    )


def correct_disclosure(
    asked: Asked, item_id: str, body: CorrectDisclosureBody
) -> CorrectDisclosure:
    """Correct what was published; the difference and the reason are told too."""
    return CorrectDisclosure(
        item_id=item_id,
        fields={**body.fields},
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def draft_policy(asked: Asked, body: DraftPolicyBody) -> policy.DraftPolicy:
    """Enter a policy document with its layer and the steps that it rules."""
    fields = body.model_dump() | {"steps": tuple(body.steps)}
    return policy.DraftPolicy(document=policy.Document(**fields), by=asked.actor, now=asked.now)


def issue_policy(asked: Asked, policy_id: str, body: IssuePolicyBody) -> policy.IssuePolicy:
    """Make a draft binding from a day on."""
    return policy.IssuePolicy(
        policy_id=policy_id,
        issued_on=body.issued_on,
        effective_on=body.effective_on,
        by=asked.actor,
        now=asked.now,
    )


def amend_policy(asked: Asked, policy_id: str, body: AmendPolicyBody) -> policy.AmendPolicy:
    """Change what an issued document rules."""
    return policy.AmendPolicy(
        policy_id=policy_id,
        steps=tuple(body.steps),
        summary=body.summary,
        effective_on=body.effective_on,
        by=asked.actor,
        now=asked.now,
    )


def supersede_policy(
    asked: Asked, policy_id: str, body: SupersedePolicyBody
) -> policy.SupersedePolicy:
    """Let another document bind in its place."""
    return policy.SupersedePolicy(
        policy_id=policy_id,
        superseded_by=body.superseded_by,
        ends_on=body.ends_on,
        by=asked.actor,
        now=asked.now,
    )


def repeal_policy(asked: Asked, policy_id: str, body: RepealPolicyBody) -> policy.RepealPolicy:
    """End a document."""
    return policy.RepealPolicy(
        policy_id=policy_id,
        reason=body.reason,
        ends_on=body.ends_on,
        by=asked.actor,
        now=asked.now,
    )


def declare_idea(asked: Asked, body: DeclareIdeaBody) -> idea.DeclareIdea:
    """Declare an idea of performance management."""
    return idea.DeclareIdea(**body.model_dump(), by=asked.actor, now=asked.now)


def drop_idea(asked: Asked, idea_id: str, body: DropIdeaBody) -> idea.DropIdea:
    """No longer declare an idea."""
    return idea.DropIdea(idea_id=idea_id, dropped_on=body.dropped_on, by=asked.actor, now=asked.now)


def plan_training(asked: Asked, body: PlanTrainingBody) -> training.PlanTraining:
    """Plan a training session."""
    session = training.Session(**body.model_dump())
    return training.PlanTraining(session=session, by=asked.actor, now=asked.now)


def hold_training(asked: Asked, session_id: str, body: HoldTrainingBody) -> training.HoldTraining:
    """Record that a session was held, with its person-times."""
    return training.HoldTraining(
        session_id=session_id, **body.model_dump(), by=asked.actor, now=asked.now
    )


def call_off_training(
    asked: Asked, session_id: str, body: CallOffTrainingBody
) -> training.CallOffTraining:
    """Record that a session does not take place."""
    return training.CallOffTraining(
        session_id=session_id, reason=body.reason, by=asked.actor, now=asked.now
    )


def write_article(asked: Asked, body: WriteArticleBody) -> publicity.WriteArticle:
    """Record an article about the work."""
    article = publicity.Article(**body.model_dump())
    return publicity.WriteArticle(article=article, by=asked.actor, now=asked.now)


def adopt_article(asked: Asked, article_id: str, body: AdoptArticleBody) -> publicity.AdoptArticle:
    """Record that an outlet took an article over: one more article-time."""
    return publicity.AdoptArticle(
        article_id=article_id,
        adoption=publicity.Adoption(**body.model_dump()),
        by=asked.actor,
        now=asked.now,
    )


def feature_article(asked: Asked, article_id: str) -> publicity.FeatureArticle:
    """Mark an article as one that the year is remembered by."""
    return publicity.FeatureArticle(article_id=article_id, by=asked.actor, now=asked.now)
