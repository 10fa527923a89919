"""Hearing all that anybody logs."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO

import structlog


@contextmanager
def everything_logged(names: Iterable[str]) -> Iterator[StringIO]:
    """All that is logged at any level, by loggers of these names and by the program."""
    out, configured = StringIO(), structlog.get_config()
    handler = logging.StreamHandler(out)
    levels = {name: logging.getLogger(name).level for name in names}
    logging.getLogger().addHandler(handler)
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(out), cache_logger_on_first_use=False)
    yield out
    logging.getLogger().removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    structlog.configure(**configured)
