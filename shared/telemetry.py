"""What a running service tells its operators: JSON logs, metrics, and one id that ties them.

A correlation id comes with a request or is drawn for it, travels in the envelope of every
event and word, and is bound again by the worker that handles the word, so that one search
finds everything that one request set off in four services. It is also the trace id of the
W3C `traceparent` header, which is kept when a caller sends one.
"""

import logging
import re
import secrets
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import structlog
from prometheus_client import Counter, Gauge, Histogram

_CORRELATION: ContextVar[str] = ContextVar("abacus_correlation", default="")
_SAFE: Final = re.compile(r"[A-Za-z0-9._:-]{1,128}", re.ASCII)
_TRACEPARENT: Final = re.compile(
    r"(?!ff)[0-9a-f]{2}-(?P<trace>(?!0{32})[0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*",
    re.ASCII,
)

_TRACE: Final = re.compile(r"(?!0{16})[0-9a-f]{32}", re.ASCII)

REQUESTS: Final = Counter(
    "abacus_http_requests", "Requests answered", ("service", "operation", "status")
)
REQUEST_SECONDS: Final = Histogram(
    "abacus_http_request_seconds",
    "Time to the last byte of an answer",
    ("service", "operation"),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
DENIALS: Final = Counter(
    "abacus_http_denials", "Requests refused for who asked", ("service", "operation", "status")
)
LAG: Final = Gauge("abacus_lag_entries", "How far a reader is behind", ("service", "reader"))
PARKED: Final = Gauge(
    "abacus_parked_words", "Words that could not be applied and wait", ("service", "reader")
)


def new_correlation() -> str:
    """A fresh correlation id; also a valid W3C trace id."""
    return secrets.token_hex(16)


def correlation_from(given: str | None, traceparent: str | None) -> str:
    """The caller's correlation id, else its trace id, else a fresh one. Odd texts are dropped."""
    if given and _SAFE.fullmatch(given):
        return given
    if traceparent and (found := _TRACEPARENT.fullmatch(traceparent)):
        return found["trace"]
    return new_correlation()


def traceparent_of(correlation: str) -> str | None:
    """The W3C header of a correlation id that is a trace id; `None` for a caller's own text.

    The span id is taken from the trace id: a request is one span, so chance adds nothing.
    """
    if _TRACE.fullmatch(correlation):
        return f"00-{correlation}-{correlation[:16]}-01"
    return None


def current_correlation() -> str:
    """The correlation id of what is being handled; empty outside of anything."""
    return _CORRELATION.get()


def set_correlation(correlation: str) -> None:
    """Bind the correlation id for the rest of this task."""
    _CORRELATION.set(correlation)


@contextmanager
def correlated(correlation: str) -> Iterator[None]:
    """Bind the correlation id for a block: one word of an inbox, one deadline."""
    token = _CORRELATION.set(correlation)
    try:
        yield
    finally:
        _CORRELATION.reset(token)


def _add_correlation(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    if correlation := _CORRELATION.get():
        event.setdefault("correlation_id", correlation)
    return event


def configure_logging(service: str, level: str = "INFO") -> None:
    """JSON lines on standard error, for our own logs and those of the libraries alike."""

    def add_service(
        _logger: object, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        event["service"] = service
        return event

    before: list[Any] = [
        structlog.contextvars.merge_contextvars,
        add_service,
        _add_correlation,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "uvicorn.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
