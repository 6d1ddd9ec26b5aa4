import os
import sys
import time
from pathlib import Path

import pytest

from bench import tally
from bench.processes import Crew, Unfinished, read_line, say
from bench.tally import Tally

WITH_A_CHILD = """
import os, signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
child.wait()
"""


def test_leaving_the_crew_ends_its_members_and_their_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bench.processes.GRACE", 0.2)

    with Crew(tmp_path) as crew:
        parent = crew.start("parent", (sys.executable, "-c", WITH_A_CHILD), talks=True)
        child = int(read_line(parent, 10))

    assert parent.returncode is not None
    assert is_gone(child)


def is_gone(process: int) -> bool:
    """Whether it ends within 5 seconds; its new parent may be slow to bury it."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
    return False


def test_a_member_that_failed_is_named_with_its_last_words(tmp_path: Path) -> None:
    with Crew(tmp_path) as crew:
        crew.start("stage", (sys.executable, "-c", "import sys; sys.exit('no Redis')")).wait()

        with pytest.raises(Unfinished, match="stage ended with 1: no Redis"):
            crew.check()


def test_a_silent_producer_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    with Crew(tmp_path) as crew:
        silent = crew.start("producer", (sys.executable, "-c", "input()"), talks=True)

        with pytest.raises(Unfinished):
            read_line(silent, 0.1)


def test_a_producer_answers_what_it_is_told(tmp_path: Path) -> None:
    with Crew(tmp_path) as crew:
        echo = crew.start("producer", (sys.executable, "-c", "print(input())"), talks=True)
        say(echo, "go")

        assert read_line(echo, 10) == "go"


def test_every_process_marks_in_the_same_tally(tmp_path: Path) -> None:
    one, other = Tally(tmp_path / "tally"), Tally(tmp_path / "tally")

    one.mark()
    other.mark(256)

    assert tally.count(tmp_path / "tally") == 257


def test_a_tally_that_nobody_opened_is_empty(tmp_path: Path) -> None:
    assert tally.count(tmp_path / "tally") == 0
