"""What the law protects from being told: a closed list; whatever is not on it is told.

Source: 公开为常态，不公开为例外 (S). 预算法 art. 14 leaves out state secrets; 政府信息公开条例
art. 14 and 15 protect the state, commercial secrets and privacy; nothing else may be withheld
(`domain` §3.10).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Protection(StrEnum):
    """What is protected."""

    STATE_SECRET = "STATE_SECRET"  # noqa: S105 - a legal ground, not a password
    STATE_SECURITY = "STATE_SECURITY"
    COMMERCIAL_SECRET = "COMMERCIAL_SECRET"  # noqa: S105 - a legal ground, not a password
    PERSONAL_PRIVACY = "PERSONAL_PRIVACY"


CITATIONS: Final[Mapping[Protection, str]] = {
    Protection.STATE_SECRET: "预算法第十四条（涉及国家秘密）",
    Protection.STATE_SECURITY: (
        "政府信息公开条例第十四条（危及国家安全、公共安全、经济安全、社会稳定）"
    ),
    Protection.COMMERCIAL_SECRET: "政府信息公开条例第十五条（商业秘密）",
    Protection.PERSONAL_PRIVACY: "政府信息公开条例第十五条（个人隐私）",
}
"""The provision that protects it, as a withholding cites it."""


def protection_of(stated: str) -> Protection | None:
    """The ground that is named by its code or cited word for word; no other words will do."""
    found = (one for one, cited in CITATIONS.items() if stated.strip() in {one.value, cited})
    return next(found, None)
