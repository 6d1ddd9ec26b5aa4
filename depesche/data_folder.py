"""The folder of an embedded Redis: whose it is now, and where its socket lies. Starts nothing."""

import contextlib
import fcntl
import hashlib
import os
import stat
import tempfile
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

LONGEST_SOCKET = 100  # bytes; sun_path holds 104 on macOS and 108 on Linux (unix(4), unix(7))
_LOCK_PATIENCE = 2.0  # seconds; the Redis of a killed program is still closing its files
_LOOK_SECONDS = 0.02


class DataFolderTaken(Exception):  # noqa: N818  # it reads as what it says
    """Another Redis runs on this folder."""


def socket_of(data: Path) -> Path:
    """Place the socket into the folder, or, where that path is too long, into a private one."""
    inside = data / "redis.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET:
        return inside
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"depesche-{os.getuid()}-{name}" / "redis.sock"


def url_of(socket: Path) -> str:
    return f"unix://{quote(str(socket))}"


def claim(data: Path, *, patience: float = _LOCK_PATIENCE) -> IO[bytes]:
    """Make the folders, lock the data and leave the URL there; the lock ends with its last holder.

    Raises DataFolderTaken, and PermissionError where the socket's folder is not ours alone.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    socket = socket_of(data)
    if socket.parent != data:
        _make_private(socket.parent)
    lock = (data / "redis.lock").open("ab")
    try:
        _lock(lock, data, time.monotonic() + patience)
    except DataFolderTaken:
        lock.close()
        raise
    (data / "redis.url").write_text(url_of(socket))
    return lock


def release(data: Path, lock: IO[bytes]) -> None:
    """Give up what `claim` returned."""
    (data / "redis.url").unlink(missing_ok=True)
    lock.close()


def running_url(data: Path) -> str | None:
    """Say where the embedded Redis of this folder is reached, or None when none runs."""
    try:
        with (data / "redis.lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        with contextlib.suppress(FileNotFoundError):
            return (data / "redis.url").read_text() or None
    return None


def _lock(lock: IO[bytes], data: Path, deadline: float) -> None:
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise DataFolderTaken(f"Another Redis runs on the folder {data}") from None
        time.sleep(_LOOK_SECONDS)


def _make_private(folder: Path) -> None:
    """Make the folder, or make sure that nobody put theirs into its place."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    if not ours or stat.S_IMODE(found.st_mode) != stat.S_IRWXU:
        raise PermissionError(f"{folder} is not a folder that only we may use")
