"""Brings Redis's append-only file to the disk once a second, from outside Redis (ADR 2).

Never reads, moves or shortens what Redis wrote.
"""

import os
import threading
from contextlib import suppress
from pathlib import Path

import structlog

_EVERY_SECONDS = 1.0

_log = structlog.get_logger()


class AofSync:
    """Syncs the increments below `folder` that grew since the last time, in a daemon thread."""

    def __init__(self, folder: Path, *, every: float = _EVERY_SECONDS) -> None:
        self._folder = folder
        self._every = every
        self._stop = threading.Event()
        self._synced: dict[Path, int] = {}
        self._thread = threading.Thread(target=self._run, name="aof-sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def sync(self) -> list[Path]:
        """Sync what grew; return those files. A file that a rewrite removed meanwhile is no loss."""
        return [path for path in sorted(self._folder.glob("*.incr.aof")) if self._sync_one(path)]

    def _sync_one(self, path: Path) -> bool:
        with suppress(FileNotFoundError), path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if self._synced.get(path) == size:
                return False
            _to_disk(file.fileno())
            self._synced[path] = size
            return True
        return False

    def _run(self) -> None:
        while not self._stop.wait(self._every):
            try:
                self.sync()
            except OSError as error:  # the disk's fault, not ours: say so and go on trying
                _log.error("aof_sync_failed", folder=str(self._folder), error=str(error))


def _to_disk(file: int) -> None:
    if hasattr(os, "fdatasync"):  # not on macOS
        os.fdatasync(file)
    else:
        os.fsync(file)
