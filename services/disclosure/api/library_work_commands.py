"""Commands about trainings and articles: a request becomes commands, nothing else."""

from services.disclosure.api import library_schemas as schemas
from services.disclosure.domain import publicity, training
from services.disclosure.domain.publicity.refusals import AdoptionIncomplete
from shared.http.commands import Asked


def plan_training(asked: Asked, body: schemas.PlanTrainingBody) -> training.PlanTraining:
    """Plan a training session."""
    session = training.Session(**body.model_dump())
    return training.PlanTraining(session=session, by=asked.actor, now=asked.now)


def hold_training(
    asked: Asked, session_id: str, body: schemas.HoldTrainingBody
) -> training.HoldTraining:
    """Record that a session was held, with its person-times. From then on it counts."""
    return training.HoldTraining(
        session_id=session_id, **body.model_dump(), by=asked.actor, now=asked.now
    )


def close_training(
    asked: Asked, session_id: str, body: schemas.AttendanceBody
) -> training.CloseTraining:
    """Close the attendance of a session with the hash of its sign-in sheet."""
    return training.CloseTraining(
        session_id=session_id, attendance=_attendance(body), by=asked.actor, now=asked.now
    )


def correct_training(
    asked: Asked, session_id: str, body: schemas.CorrectTrainingBody
) -> training.CorrectTraining:
    """Correct the attendance of a session that was held; the reason is kept and shown."""
    return training.CorrectTraining(
        session_id=session_id,
        attendance=_attendance(body),
        reason=body.reason,
        by=asked.actor,
        now=asked.now,
    )


def call_off_training(
    asked: Asked, session_id: str, body: schemas.CallOffTrainingBody
) -> training.CallOffTraining:
    """Record that a session does not take place."""
    return training.CallOffTraining(
        session_id=session_id, reason=body.reason, by=asked.actor, now=asked.now
    )


def record_training(
    asked: Asked, body: schemas.RecordTrainingBody
) -> tuple[training.PlanTraining | training.HoldTraining | training.CloseTraining, ...]:
    """Enter a session that was held: a row of 培训台账. With a sign-in sheet it is closed, too."""
    session = training.Session(
        session_id=body.session_id,
        region_code=body.region_code,
        topic=body.topic,
        channel=body.channel,
        trainer=body.trainer,
        planned_on=body.planned_on or body.held_on,
    )
    planned = training.PlanTraining(session=session, by=asked.actor, now=asked.now)
    held = training.HoldTraining(
        session_id=body.session_id,
        held_on=body.held_on,
        units=body.units,
        person_times=body.person_times,
        by=asked.actor,
        now=asked.now,
    )
    return (planned, held, *_closed(asked, body))


def write_article(asked: Asked, body: schemas.WriteArticleBody) -> publicity.WriteArticle:
    """Record an article about the work."""
    article = publicity.Article(**body.model_dump())
    return publicity.WriteArticle(article=article, by=asked.actor, now=asked.now)


def submit_article(
    asked: Asked, article_id: str, body: schemas.SubmitArticleBody
) -> publicity.SubmitArticle:
    """Record that an outlet was offered an article."""
    return publicity.SubmitArticle(
        article_id=article_id,
        outlet=body.outlet,
        submitted_on=body.submitted_on,
        by=asked.actor,
        now=asked.now,
    )


def adopt_article(
    asked: Asked, article_id: str, body: schemas.AdoptArticleBody
) -> publicity.AdoptArticle:
    """Record that an outlet took an article over: one more article-time, once per outlet."""
    return publicity.AdoptArticle(
        article_id=article_id,
        adoption=publicity.Adoption(**body.model_dump()),
        by=asked.actor,
        now=asked.now,
    )


def feature_article(asked: Asked, article_id: str) -> publicity.FeatureArticle:
    """Mark an article as one that the year is remembered by."""
    return publicity.FeatureArticle(article_id=article_id, by=asked.actor, now=asked.now)


def record_article(
    asked: Asked, body: schemas.RecordArticleBody
) -> tuple[publicity.WriteArticle | publicity.AdoptArticle | publicity.FeatureArticle, ...]:
    """Enter an article with one adoption: a row of 宣传台账. Its other adoptions are other rows."""
    article = publicity.Article(
        article_id=body.article_id,
        region_code=body.region_code,
        title=body.title,
        author=body.author,
        written_on=body.written_on,
    )
    written = publicity.WriteArticle(article=article, by=asked.actor, now=asked.now)
    return (written, *_adopted(asked, body), *_featured(asked, body))


def _attendance(body: schemas.AttendanceBody) -> training.Attendance:
    return training.Attendance(
        units=body.units,
        person_times=body.person_times,
        sheet_sha256=body.sheet_sha256,
        unit_codes=tuple(body.unit_codes),
    )


def _closed(asked: Asked, body: schemas.RecordTrainingBody) -> tuple[training.CloseTraining, ...]:
    if not body.sheet_sha256:
        return ()
    attendance = training.Attendance(
        units=body.units, person_times=body.person_times, sheet_sha256=body.sheet_sha256
    )
    return (
        training.CloseTraining(
            session_id=body.session_id, attendance=attendance, by=asked.actor, now=asked.now
        ),
    )


def _adopted(asked: Asked, body: schemas.RecordArticleBody) -> tuple[publicity.AdoptArticle, ...]:
    told = {"outlet": body.outlet, "level": body.level, "adopted_on": body.adopted_on}
    missing = [name for name, value in told.items() if not value]
    if len(missing) == len(told):
        return ()
    if body.level is None or body.adopted_on is None or missing:
        raise AdoptionIncomplete(
            pointer=f"/{missing[0]}",
            remedy="Fill in outlet, level and day, or leave all three empty.",
            remedy_zh="请补全采用媒体、级别和日期，或全部留空",
        )
    adoption = publicity.Adoption(
        outlet=body.outlet, level=body.level, adopted_on=body.adopted_on, link=body.link
    )
    return (
        publicity.AdoptArticle(
            article_id=body.article_id, adoption=adoption, by=asked.actor, now=asked.now
        ),
    )


def _featured(
    asked: Asked, body: schemas.RecordArticleBody
) -> tuple[publicity.FeatureArticle, ...]:
    if not body.featured:
        return ()
    return (feature_article(asked, body.article_id),)
