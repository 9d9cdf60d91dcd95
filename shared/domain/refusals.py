"""How a service says no: a refusal names the broken rule and has never heard of HTTP.

A concrete refusal is a class whose name states what is wrong, whose docstring is the rule as
a citizen would put it, and whose `title_zh` says the same in Chinese:

    class TargetNotSubmitted(Conflict):
        "Only a submitted target can be approved."
        title_zh = "绩效目标尚未提交"

`details` explain this case (values, limits, ids); `pointer` is the JSON Pointer of the field
that caused it, where there is one; `remedy` says what to do about it.
"""

import re
from typing import ClassVar


class Refusal(Exception):
    """The request was understood and is refused; nothing was changed."""

    title_zh: ClassVar[str] = "请求被拒绝"

    def __init__(
        self,
        detail: str = "",
        *,
        pointer: str | None = None,
        remedy: str | None = None,
        **details: object,
    ) -> None:
        """Keep the explanation of this one case."""
        super().__init__(detail or self.title())
        self.detail = detail or self.title()
        self.pointer = pointer
        self.remedy = remedy
        self.details = details

    @classmethod
    def title(cls) -> str:
        """The rule in one English sentence: the first line of the docstring."""
        return (cls.__doc__ or cls.__name__).strip().splitlines()[0]

    @classmethod
    def slug(cls) -> str:
        """The name in kebab case, as the problem type carries it."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()


class NotFound(Refusal):
    """There is no such thing, or it is not yours to see."""

    title_zh = "未找到"


class Conflict(Refusal):
    """The thing is not in a state that allows this."""

    title_zh = "当前状态不允许该操作"


class Forbidden(Refusal):
    """The person who asks may not do this."""

    title_zh = "无权执行该操作"


class Invalid(Refusal):
    """A field is well formed but breaks a rule."""

    title_zh = "字段不符合规则"
