"""How exports and the catalogue say no."""

from shared.domain.refusals import NotFound


class DayNotExported(NotFound):
    """A day can be exported when it is over and something was known by then."""

    title_zh = "该日尚未结束，或当时尚无数据，不能导出"


class ExportUnknown(NotFound):
    """An export has the files that its manifest names."""

    title_zh = "导出清单中没有该文件"


class DatasetUnknown(NotFound):
    """The catalogue has no dataset of this name."""

    title_zh = "目录中没有该数据集"


class NothingToTell(NotFound):
    """The standard asks for at least one entry, and the question finds none."""

    title_zh = "没有符合条件的记录"
