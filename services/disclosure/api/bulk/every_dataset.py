"""What is given as a whole: the registers of others' words, what was told here, and the log.

Public comments are not among them: what was shown may have to be taken down again, and a file
that was taken home cannot be. Their list tells what is shown today.
"""

from typing import Final

from sqlmodel import col, select

from services.disclosure.api.bulk.datasets import FEED, Dataset, table
from services.disclosure.api.bulk.heard_datasets import HEARD_DATASETS
from services.disclosure.api.bulk.library_rows import (
    articles_shown,
    ideas_declared,
    policies_shown,
    words_said,
)
from services.disclosure.api.bulk.told_rows import (
    ContentView,
    TargetView,
    contents_shown,
    contents_told,
    targets_shown,
    targets_told,
)
from services.disclosure.api.feed.feeds import WordView
from services.disclosure.api.library_views import (
    AdoptionView,
    ArticleView,
    IdeaView,
    PolicyView,
    TrainingView,
)
from services.disclosure.api.views import BulletinView, DisclosureView
from services.disclosure.domain.bulk_refusals import DatasetUnknown
from services.disclosure.projections.article_register import AdoptionRow, ArticleRow
from services.disclosure.projections.bulletin_register import BulletinRow
from services.disclosure.projections.disclosure_register import DisclosureRow
from services.disclosure.projections.idea_register import IdeaRow
from services.disclosure.projections.policy_register import PolicyRow
from services.disclosure.projections.training_register import TrainingRow

DATASETS: Final = (
    *HEARD_DATASETS,
    Dataset(
        name="disclosures",
        title="公开事项",
        title_en="What is owed to the public",
        view=DisclosureView,
        key=("item_id",),
        listed="/v1/disclosures",
        rows=table(DisclosureRow, DisclosureView, lambda _: select(DisclosureRow)),
    ),
    Dataset(
        name="targets",
        title="绩效目标",
        title_en="Targets as they were told",
        view=TargetView,
        key=("item_id",),
        listed="/v1/disclosures?kind=TARGET&status=PUBLISHED",
        rows=table(DisclosureRow, TargetView, targets_told, targets_shown),
    ),
    Dataset(
        name="contents",
        title="公开内容",
        title_en="Contents as they were told",
        view=ContentView,
        key=("item_id",),
        listed="/v1/disclosures",
        rows=table(DisclosureRow, ContentView, contents_told, contents_shown),
    ),
    Dataset(
        name="policies",
        title="制度库",
        title_en="Policy library",
        view=PolicyView,
        key=("policy_id",),
        listed="/v1/policies",
        rows=table(PolicyRow, PolicyView, lambda _: select(PolicyRow), policies_shown),
    ),
    Dataset(
        name="ideas",
        title="绩效管理理念",
        title_en="Ideas",
        view=IdeaView,
        key=("idea_id",),
        listed="/v1/policies/ideas",
        rows=table(IdeaRow, IdeaView, ideas_declared),
    ),
    Dataset(
        name="trainings",
        title="培训",
        title_en="Trainings",
        view=TrainingView,
        key=("session_id",),
        listed="/v1/trainings",
        rows=table(
            TrainingRow,
            TrainingView,
            lambda day: select(TrainingRow).where(col(TrainingRow.held_on) <= day),
        ),
    ),
    Dataset(
        name="articles",
        title="宣传稿件",
        title_en="Articles",
        view=ArticleView,
        key=("article_id",),
        listed="/v1/publicity/articles",
        rows=table(
            ArticleRow,
            ArticleView,
            lambda day: select(ArticleRow).where(col(ArticleRow.written_on) <= day),
            articles_shown,
        ),
    ),
    Dataset(
        name="adoptions",
        title="稿件采用",
        title_en="Adoptions of articles",
        view=AdoptionView,
        key=("article_id", "outlet"),
        listed="/v1/publicity/adoptions",
        rows=table(
            AdoptionRow,
            AdoptionView,
            lambda day: select(AdoptionRow).where(col(AdoptionRow.adopted_on) <= day),
        ),
    ),
    Dataset(
        name="bulletins",
        title="月报",
        title_en="Monthly bulletins",
        view=BulletinView,
        key=("region_code", "year", "month"),
        listed="/v1/bulletins",
        rows=table(BulletinRow, BulletinView, lambda _: select(BulletinRow)),
    ),
    Dataset(
        name="feed",
        title="公开日志",
        title_en="Everything that was said, in its order",
        view=WordView,
        key=("sequence",),
        listed=FEED,
        rows=words_said,
    ),
)
_BY_NAME: Final = {one.name: one for one in DATASETS}


def dataset_of(name: str) -> Dataset:
    """The dataset of this name, or a refusal that names all."""
    if name not in _BY_NAME:
        raise DatasetUnknown(
            f"There is no dataset {name!r}.",
            pointer="/dataset",
            remedy=f"Known are {', '.join(_BY_NAME)}.",
            detail_zh="没有该数据集。",
        )
    return _BY_NAME[name]
