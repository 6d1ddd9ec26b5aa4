"""structlog, set up once per process: JSON, or lines to read on a terminal. Never a story's text."""

import logging
import sys
from typing import Any

import structlog
from pydantic_core import to_json
from structlog.typing import EventDict

from shared.settings import ServiceSettings


def configure(settings: ServiceSettings, service: str) -> None:
    """Set structlog up for this process; `service` stands in every line."""
    console = settings.log_format == "console" or (
        settings.log_format == "auto" and sys.stdout.isatty()
    )
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _name_exception,
            *_renderer(console=console),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        logger_factory=structlog.PrintLoggerFactory()
        if console
        else structlog.BytesLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)


def _renderer(*, console: bool) -> list[Any]:
    if console:
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    return [
        structlog.processors.format_exc_info,  # without locals: they hold story texts
        structlog.processors.JSONRenderer(serializer=_dumps),
    ]


def _dumps(event: dict[str, Any], **_: Any) -> bytes:
    return to_json(event, fallback=str)


def _name_exception(_: Any, __: str, event: EventDict) -> EventDict:
    fault = event.get("exc_info")
    if isinstance(fault, BaseException):
        event["fault"] = f"{type(fault).__name__}: {fault}"
    return event
