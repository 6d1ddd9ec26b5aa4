"""A configuration file that is read again while it changes; a bad new file changes nothing."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import structlog

from shared.config_file import BadConfig, Problem

T = TypeVar("T")

log = structlog.get_logger()


class Watched(Generic[T]):
    """A file's value, kept while the file changes; a bad new file changes nothing."""

    def __init__(self, path: Path, load: Callable[[str, str], T]) -> None:
        """Read the file at once; `load` takes its text and its name. Raises BadConfig."""
        self._path = path
        self._load = load
        self._stamp = self._look()
        self.current: T = self._read()

    def refresh(self) -> bool:
        """Whether a changed and good file was taken; a refused one is logged once a change."""
        stamp = self._look()
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            self.current = self._read()
        except BadConfig as error:
            problems = [str(problem) for problem in error.problems]
            # The problems say it all; a traceback would bury them.
            log.error("config_refused", file=self._path.name, problems=problems)  # noqa: TRY400 - as above
            return False
        log.info("config_reloaded", file=self._path.name)
        return True

    async def watch(self, every: float = 1.0) -> None:
        """Look again each `every` seconds, off the event loop: a long file takes a while."""
        while True:
            await asyncio.sleep(every)
            await asyncio.to_thread(self.refresh)

    def _look(self) -> tuple[int, int, int] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def _read(self) -> T:
        name = self._path.name
        try:
            text = self._path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "not UTF-8"
            raise BadConfig([Problem(name, None, "", f"cannot be read: {why}")]) from None
        return self._load(text, name)
