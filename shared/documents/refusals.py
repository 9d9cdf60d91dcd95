"""Why a file is not read: each names what is wrong with it and what to do."""

from shared.domain.refusals import Invalid


class WorkbookUnreadable(Invalid):
    """The file is no XLSX workbook, or it is damaged."""

    title_zh = "文件不是有效的 XLSX 工作簿"


class WorkbookTooLarge(Invalid):
    """The workbook unpacks to more than is read."""

    title_zh = "工作簿解压后过大"


class WorkbookHasMacros(Invalid):
    """The workbook carries macros, other programs or links to other files."""

    title_zh = "工作簿含有宏、嵌入对象或外部链接"


class WorkbookHasFormulas(Invalid):
    """The workbook holds formulas; a form holds values."""

    title_zh = "工作簿含有公式，请粘贴为数值"


class SheetMissing(Invalid):
    """The workbook has no sheet of this name, or the sheet is empty."""

    title_zh = "工作簿缺少所需的工作表"


class HeadingsWrong(Invalid):
    """Headings of the sheet are missing, unknown or repeated."""

    title_zh = "表头缺失、未知或重复"


class CharacterUnprintable(Invalid):
    """A text has characters that no font here can draw; a box would stand in their place."""

    title_zh = "文字含有字库中没有的字符"


class FontUnreadable(Invalid):
    """A font file in the bureau's folder cannot be used."""

    title_zh = "字体文件无法使用"


class MarkupUnreadable(Invalid):
    """The file is no well-formed XML."""

    title_zh = "文件不是有效的 XML"


class MarkupForbidden(Invalid):
    """The file declares a document type or entities, which are not read."""

    title_zh = "文件含有文档类型或实体声明"


class MarkupTooDeep(Invalid):
    """The XML is nested deeper than is read."""

    title_zh = "XML 嵌套过深"


class MarkupInvalid(Invalid):
    """The message is not valid against its schema; it is refused whole."""

    title_zh = "报文不符合规范，已整体拒绝"
