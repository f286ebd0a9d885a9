"""The log: lines on stderr, so that stdout holds data alone; instants in Shanghai time."""

from __future__ import annotations

import logging
import sys
from datetime import datetime

import structlog
from structlog.types import EventDict, WrappedLogger

from rules.facts import SHANGHAI


def log_to_stderr(level: str = "info") -> None:
    """Send structlog's events at `level` (debug, info, warning, error) and above to stderr."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _stamp,
            structlog.processors.format_exc_info,
            _renderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # today's, not the first
        cache_logger_on_first_use=False,
    )


def _renderer() -> structlog.dev.ConsoleRenderer | structlog.processors.LogfmtRenderer:
    """Colours on a terminal, `key=value` lines for the journal elsewhere."""
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.LogfmtRenderer(key_order=["at", "level", "event"])


def _stamp(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """The log is the one reader of the clock that nothing is judged by."""
    event["at"] = datetime.now(SHANGHAI).isoformat(timespec="seconds")
    return event
