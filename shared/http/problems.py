"""Every refusal as RFC 9457: `application/problem+json` in the caller's language.

A category of refusal has a status, a concrete refusal has a type: the name of its class in
kebab case under the configured base. Nothing of the database, no trace and no input is ever
in an answer. A detail in Chinese travels as `detail_zh` (and `remedy_zh`) among the details.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

import msgspec

from shared.asking import VersionStale
from shared.domain.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal
from shared.http.language import Language
from shared.telemetry import current_correlation

MEDIA_TYPE: Final = "application/problem+json"
_HIDDEN: Final = frozenset({"detail_zh", "remedy_zh", "errors", "headers"})
_encode: Final = msgspec.json.Encoder(enc_hook=str).encode


class HttpRefusal(Refusal):
    """The request itself is refused, before any rule of the domain was asked."""

    status: ClassVar[int] = 400


class MalformedRequest(HttpRefusal):
    """The request cannot be read."""

    title_zh = "无法解析请求"


class Unauthenticated(HttpRefusal):
    """A valid access token is needed."""

    status = 401
    title_zh = "需要有效的访问令牌"


class RoleMissing(Forbidden):
    """Your roles do not include one that may do this."""

    title_zh = "您的角色无权执行该操作"


class MethodNotAllowed(HttpRefusal):
    """The resource does not know the method."""

    status = 405
    title_zh = "不支持该请求方法"


class ContentTooLarge(HttpRefusal):
    """The body is larger than allowed."""

    status = 413
    title_zh = "请求内容过大"


class MediaTypeUnsupported(HttpRefusal):
    """The content type is not one that this operation reads."""

    status = 415
    title_zh = "不支持该内容类型"


class FieldsInvalid(Invalid):
    """Some fields are missing, unknown or malformed."""

    title_zh = "字段缺失、未知或格式错误"


class KeyReusedForAnother(Invalid):
    """The idempotency key belongs to a request with other content."""

    title_zh = "该幂等键已用于内容不同的请求"


class KeyMissing(HttpRefusal):
    """An operation that moves money needs an `Idempotency-Key`."""

    title_zh = "资金类操作必须提供幂等键"


class PreconditionMissing(HttpRefusal):
    """Changing an existing thing needs `If-Match`."""

    status = 428
    title_zh = "修改已有对象必须提供 If-Match"


class TooManyRequests(HttpRefusal):
    """You ask more often than allowed."""

    status = 429
    title_zh = "请求过于频繁"


class Contended(Conflict):
    """Too many write this thing at the same moment."""

    title_zh = "同时修改者过多，请稍后重试"


class Unavailable(HttpRefusal):
    """The service cannot answer at the moment."""

    status = 503
    title_zh = "服务暂时不可用"


class NotYet(HttpRefusal):
    """What you wrote has not arrived here yet."""

    status = 503
    title_zh = "所写内容尚未到达此处"


class SomethingBroke(HttpRefusal):
    """Something went wrong on our side; nothing of it is your fault."""

    status = 500
    title_zh = "服务器内部错误"


KERNEL_PROBLEMS: Final[tuple[type[Refusal], ...]] = (
    MalformedRequest,
    Unauthenticated,
    RoleMissing,
    NotFound,
    MethodNotAllowed,
    Conflict,
    Contended,
    Forbidden,
    Invalid,
    VersionStale,
    ContentTooLarge,
    MediaTypeUnsupported,
    FieldsInvalid,
    KeyReusedForAnother,
    KeyMissing,
    PreconditionMissing,
    TooManyRequests,
    Unavailable,
    NotYet,
    SomethingBroke,
)

_CATEGORIES: Final[tuple[tuple[type[Refusal], int], ...]] = (
    (VersionStale, 412),
    (NotFound, 404),
    (Conflict, 409),
    (Forbidden, 403),
    (Invalid, 422),
)


def status_of(refusal: Refusal | type[Refusal]) -> int:
    """The HTTP status of a refusal, by its category."""
    kind = refusal if isinstance(refusal, type) else type(refusal)
    if issubclass(kind, HttpRefusal):
        return kind.status
    return next((status for category, status in _CATEGORIES if issubclass(kind, category)), 409)


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that is wrong: where, what, and what to do about it."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None
    remedy: str | None = None
    code: str | None = None

    def shown(self) -> dict[str, str]:
        """Only what is known."""
        named = (
            ("pointer", self.pointer),
            ("parameter", self.parameter),
            ("code", self.code),
            ("detail", self.detail),
            ("remedy", self.remedy),
        )
        return {name: value for name, value in named if value is not None}


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal on its way out."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problems:
    """Turns refusals into problem documents of one installation."""

    base: str

    def document(self, refusal: Refusal, language: Language) -> dict[str, Any]:
        """The problem document as a value: also a row of an import report."""
        chinese = language is Language.ZH
        title = type(refusal).title_zh if chinese else type(refusal).title()
        document: dict[str, Any] = {
            "type": f"{self.base}{type(refusal).slug()}",
            "title": title,
            "status": status_of(refusal),
            "detail": _detail(refusal, title, chinese=chinese),
        }
        if errors := _errors(refusal, document["detail"], chinese=chinese):
            document["errors"] = errors
        if remedy := _remedy(refusal, chinese=chinese):
            document["remedy"] = remedy
        facts = {name: value for name, value in refusal.details.items() if name not in _HIDDEN}
        if facts:
            document["details"] = facts
        if correlation := current_correlation():
            document["correlation_id"] = correlation
        return document

    def answer(self, refusal: Refusal, language: Language) -> Problem:
        """The document as bytes, with its status and the headers that belong to it."""
        headers = {"content-language": language.value, "cache-control": "no-store"}
        more = refusal.details.get("headers")
        if isinstance(more, Mapping):
            headers |= {str(name).lower(): str(text) for name, text in more.items()}
        if status_of(refusal) == Unauthenticated.status:
            headers.setdefault("www-authenticate", "Bearer")
        body = _encode(self.document(refusal, language))
        return Problem(status_of(refusal), body, headers)


def _detail(refusal: Refusal, title: str, *, chinese: bool) -> str:
    if not chinese:
        return refusal.detail
    own = refusal.details.get("detail_zh")
    if isinstance(own, str):
        return own
    return title if refusal.detail == type(refusal).title() else refusal.detail


def _remedy(refusal: Refusal, *, chinese: bool) -> str | None:
    own = refusal.details.get("remedy_zh")
    return own if chinese and isinstance(own, str) else refusal.remedy


def _errors(refusal: Refusal, detail: str, *, chinese: bool) -> list[dict[str, str]]:
    several = refusal.details.get("errors")
    if isinstance(several, Sequence):
        return [error.shown() for error in several if isinstance(error, FieldError)]
    if refusal.pointer is None:
        return []
    remedy = _remedy(refusal, chinese=chinese)
    return [FieldError(detail, pointer=refusal.pointer, remedy=remedy).shown()]
