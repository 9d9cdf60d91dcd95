"""How public comments say no."""

from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound


class CommentUnknown(NotFound):
    """There is no comment under this case number."""

    title_zh = "没有该留言"


class CommentSubjectUnknown(Invalid):
    """A comment is about something that is known here, or about nothing in particular."""

    title_zh = "留言所涉事项、项目或单位不存在"


class CommentRepeated(Conflict):
    """The same text from the same address is taken once."""

    title_zh = "请勿重复提交相同留言"


class CommentModerated(Conflict):
    """What was decided about showing a comment is not decided again."""

    title_zh = "该留言已审核"


class CommentNotPublished(Conflict):
    """A comment is answered after it was decided to show it."""

    title_zh = "留言尚未审核公开"


class CommentAnsweredAlready(Conflict):
    """A comment has one answer, and its follow-up another."""

    title_zh = "该留言已答复"


class CommentNotAnswered(Conflict):
    """A follow-up comes after an answer."""

    title_zh = "留言尚未答复，暂不能追问"


class FollowUpUsed(Conflict):
    """A comment may be followed up once."""

    title_zh = "每件留言只能追问一次"


class PassageNotFound(Invalid):
    """A passage is hidden where the text has it."""

    title_zh = "留言中没有该段文字"


class AnswerHoldsPersonalNumber(Invalid):
    """An answer that everybody reads holds no personal number."""

    title_zh = "公开答复中不得含有个人号码"


class ContactNotLeft(NotFound):
    """The commenter left no contact, or it was erased."""

    title_zh = "留言人未留联系方式或已删除"


class FollowUpNotYours(Forbidden):
    """A comment is followed up with the key that came with its case number."""

    title_zh = "追问须提供受理时给出的密钥"
