"""What is wrong with a form, field by field, in words that a citizen understands."""

from collections.abc import Mapping
from typing import Final

from services.disclosure.api.comment_schemas import CONTACT_CHARACTERS_MAX, NAME_CHARACTERS_MAX
from services.disclosure.domain.comment.values import TEXT_CHARACTERS_MAX, TEXT_CHARACTERS_MIN
from services.disclosure.portal.texts import said
from shared.domain.refusals import Refusal
from shared.http.language import Language
from shared.http.problems import FieldError, FieldsInvalid

WHOLE: Final = ""
"""The place of a problem that belongs to no field."""
LIMITS: Final[Mapping[str, int]] = {
    "text_min": TEXT_CHARACTERS_MIN,
    "text_max": TEXT_CHARACTERS_MAX,
    "name_max": NAME_CHARACTERS_MAX,
    "contact_max": CONTACT_CHARACTERS_MAX,
}
_FIELDS: Final[Mapping[str, str]] = {
    "text": "留言内容须为 {text_min} 至 {text_max} 个字。",
    "name": "姓名不超过 {name_max} 个字。",
    "contact": "联系方式不超过 {contact_max} 个字。",
    "region_code": "请选择地区。",
    "follow_up_key": "请填写提交留言时给出的追问密钥。",
}
_SPARE: Final = "请检查这一项。"


def problems_of(refusal: Refusal, language: Language) -> Mapping[str, str]:
    """Field → what is wrong with it; under `WHOLE` what is wrong with the form itself."""
    several = refusal.details.get("errors")
    if isinstance(refusal, FieldsInvalid) and isinstance(several, list | tuple):
        named = [one.pointer for one in several if isinstance(one, FieldError) and one.pointer]
        return {_name(one): _of_field(_name(one), language) for one in named}
    place = _name(refusal.pointer) if refusal.pointer else WHOLE
    return {place: _of_refusal(refusal, language)}


def _name(pointer: str) -> str:
    return pointer.strip("/").partition("/")[0]


def _of_field(name: str, language: Language) -> str:
    wanted = {key: f"{limit:,}" for key, limit in LIMITS.items()}
    text = _FIELDS.get(name, _SPARE)
    return said(text, language, **wanted)


def _of_refusal(refusal: Refusal, language: Language) -> str:
    """The broken rule and what to do about it, in one breath."""
    if language is Language.EN:
        both = (refusal.title(), refusal.remedy)
        return " ".join(f"{part.rstrip('.')}." for part in both if part)
    parts = (type(refusal).title_zh, refusal.details.get("remedy_zh"))
    return "".join(f"{part.rstrip('。')}。" for part in parts if isinstance(part, str) and part)
