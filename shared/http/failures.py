"""Whatever goes wrong, as a refusal: the one place that knows which exceptions exist.

A missing thing and a foreign thing answer alike, so a refused `NotFound` loses its own name
unless it points at a field of the request. The words of the database stay here, in the log.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import asyncpg
import structlog
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from shared.domain.refusals import NotFound, Refusal
from shared.eventstore import KeyReused, VersionConflict
from shared.http.problems import (
    Contended,
    ContentTooLarge,
    FieldError,
    FieldsInvalid,
    HttpRefusal,
    KeyReusedForAnother,
    MalformedRequest,
    MediaTypeUnsupported,
    MethodNotAllowed,
    SomethingBroke,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)

RETRY_SECONDS: Final = "2"
ERRORS_MAX: Final = 100
NOT_FOUND: Final = 404
_AWAY: Final = (
    asyncpg.InterfaceError,
    OperationalError,
    InterfaceError,
    PoolTimeout,
    TimeoutError,
    ConnectionError,
)
# SQLSTATE classes: connection, resources, object not ready, operator intervention, system.
_AWAY_STATES: Final = ("08", "53", "55", "57", "58", "25006")
_BAD_VALUE: Final = "22"  # the class "data exception"
_CONTENDED: Final = "40"  # the class "transaction rollback": a deadlock, a serialisation failure
_UNPARSEABLE: Final = frozenset({"json_invalid", "json_type"})
_BY_STATUS: Final[Mapping[int, type[HttpRefusal]]] = {
    400: MalformedRequest,
    401: Unauthenticated,
    405: MethodNotAllowed,
    413: ContentTooLarge,
    415: MediaTypeUnsupported,
    429: TooManyRequests,
    503: Unavailable,
}
_ZH: Final[Mapping[str, str]] = {
    "missing": "缺少必填字段",
    "extra_forbidden": "未知字段",
    "string_type": "必须是文本",
    "string_too_short": "文本过短",
    "string_too_long": "文本过长",
    "string_pattern_mismatch": "文本格式不符",
    "int_type": "必须是整数",
    "int_parsing": "必须是整数",
    "bool_type": "必须是布尔值",
    "bool_parsing": "必须是布尔值",
    "decimal_parsing": "必须是数字",
    "decimal_type": "必须是数字",
    "enum": "不是允许的取值",
    "literal_error": "不是允许的取值",
    "uuid_parsing": "不是有效的标识",
    "date_parsing": "日期格式不符",
    "date_type": "必须是日期",
    "datetime_parsing": "时间格式不符",
    "datetime_type": "必须是时间",
    "list_type": "必须是数组",
    "dict_type": "必须是对象",
    "model_type": "必须是对象",
    "model_attributes_type": "必须是对象",
    "greater_than": "数值过小",
    "greater_than_equal": "数值过小",
    "less_than": "数值过大",
    "less_than_equal": "数值过大",
    "too_short": "条目过少",
    "too_long": "条目过多",
    "value_error": "取值不符合规则",
}
_A_DAY: Final = "Write the day as 2021-07-31. 请按 2021-07-31 的格式填写日期。"
_AN_INSTANT: Final = (
    "Write the instant with its offset, as 2021-07-31T09:00:00+08:00. "
    "请按 2021-07-31T09:00:00+08:00 的格式填写时间，并带时区。"
)
REMEDIES: Final[Mapping[str, str]] = {
    "date_parsing": _A_DAY,
    "date_type": _A_DAY,
    "datetime_parsing": _AN_INSTANT,
    "datetime_type": _AN_INSTANT,
}
"""What to do about a wrong field, by what is wrong with it."""

log = structlog.get_logger(__name__)


def refusal_of(failure: BaseException) -> Refusal:  # noqa: PLR0911 - a table
    """The refusal that a caller is told for a failure; a bug becomes `SomethingBroke`."""
    match failure:
        case NotFound(pointer=None):
            return NotFound()
        case Refusal():
            return failure
        case KeyReused():
            return KeyReusedForAnother()
        case VersionConflict():
            return Contended(headers={"retry-after": "1"})
        case RequestValidationError():
            return of_fields(failure.errors(), placed=True)
        case ValidationError():
            return of_fields(failure.errors(include_url=False, include_input=False))
        case HTTPException():
            return _of_status(failure)
        case _:
            return _of_database(failure)


def of_fields(errors: Sequence[Any], *, inside: str = "", placed: bool = False) -> Refusal:
    """What Pydantic found, as one refusal with a pointer per field. Input is never echoed.

    FastAPI says first in which part of the request a field stands (`placed`). Else all of them
    stand in the body, one that is called `query` too.
    """
    if any(error["type"] in _UNPARSEABLE for error in errors):
        return MalformedRequest("The body is not valid JSON.", detail_zh="请求体不是有效的 JSON。")
    shown = [_field(error, inside, placed=placed) for error in errors[:ERRORS_MAX]]
    named = ", ".join(error.pointer or error.parameter or "" for error in shown[:3])
    return FieldsInvalid(
        f"{len(errors)} wrong: {named}",
        errors=shown,
        detail_zh=f"{len(errors)} 处有误：{named}",
    )


def _field(error: Mapping[str, Any], inside: str, *, placed: bool) -> FieldError:
    kind, place = str(error["type"]), tuple(error.get("loc", ()))
    detail = f"{error['msg']} {_ZH.get(kind, '')}".strip()
    if placed and place and place[0] in {"query", "path", "header", "cookie"}:
        name = str(place[-1]) if len(place) > 1 else str(place[0])
        return FieldError(detail, parameter=name, code=kind, remedy=REMEDIES.get(kind))
    if placed and place and place[0] == "body":
        place = place[1:]
    pointer = inside + json_pointer(place)
    return FieldError(detail, pointer=pointer, code=kind, remedy=REMEDIES.get(kind))


def json_pointer(place: Sequence[object]) -> str:
    """RFC 6901: `/indicators/0/weight`."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place)


def _of_status(failure: HTTPException) -> Refusal:
    kind = _BY_STATUS.get(failure.status_code)
    headers = dict(failure.headers or {})
    if kind is not None:
        return kind(headers=headers)
    if failure.status_code == NOT_FOUND:
        return NotFound()
    return MalformedRequest(re.sub(r"[^\x20-\x7e]", "", str(failure.detail)), headers=headers)


def _of_database(failure: BaseException) -> Refusal:
    """What the database or the way to it could not do; anything else is a bug of ours."""
    state = _state_of(failure)
    if state.startswith(_BAD_VALUE) or isinstance(failure, asyncpg.DataError):
        return FieldsInvalid("A value is outside what can be stored or compared.")
    if state.startswith(_CONTENDED):
        return Contended(headers={"retry-after": "1"})
    if state.startswith(_AWAY_STATES) or isinstance(failure, _AWAY):
        log.warning("database_away", problem=type(failure).__name__, state=state)
        return Unavailable(headers={"retry-after": RETRY_SECONDS})
    log.error("request_failed", exc_info=failure)
    return SomethingBroke()


def _state_of(failure: BaseException) -> str:
    """The SQLSTATE of a failure; SQLAlchemy wraps the driver's failure twice."""
    driver: BaseException | None = failure
    if isinstance(failure, DBAPIError):
        driver = failure.orig
        if driver is not None and isinstance(driver.__cause__, asyncpg.DataError):
            return _BAD_VALUE
    return str(getattr(driver, "sqlstate", None) or "")
