"""Asks the machine about processes that tests started."""

import os
from contextlib import suppress
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Say whether it runs; one that ended and that nobody has reaped does not."""
    with suppress(ProcessLookupError, FileNotFoundError):
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not Path("/proc/self").exists() or state.read_text().rpartition(")")[2][1] != "Z"
    return False
