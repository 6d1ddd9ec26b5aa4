import signal
import subprocess
import sys
from pathlib import Path

import pytest

from depesche import tether
from depesche.tether import tethered
from tests.support.eventually import eventually

ELSEWHERE = (
    "import sys, runpy; sys.platform = 'elsewhere'; "
    f"runpy.run_path({tether.__file__!r}, run_name='__main__')"
)
PARENT = """
import os, subprocess, sys
command = [str(os.getpid()) if word == 'PARENT' else word for word in sys.argv[1:]]
child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
print(child.pid, child.stdout.readline().strip(), flush=True)
sys.stdin.read()
"""
LASTING = "trap 'echo told > \"$0\"; exit' TERM; echo $$; while :; do sleep 0.02; done"


def launcher(*, elsewhere: bool) -> list[str]:
    script = ["-c", ELSEWHERE] if elsewhere else [tether.__file__]
    return [sys.executable, "-I", "-S", "-E", *script, str(int(signal.SIGTERM)), "PARENT"]


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_the_child_is_told_when_its_parent_is_killed(
    tmp_path: Path, *, elsewhere: bool
) -> None:
    told = tmp_path / "told"
    command = [*launcher(elsewhere=elsewhere), "sh", "-c", LASTING, str(told)]
    with subprocess.Popen(  # noqa: ASYNC220  # it starts within milliseconds
        [sys.executable, "-c", PARENT, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        started, became = parent.stdout.readline().split()

        parent.kill()
        parent.wait()

        await eventually(told.exists)
    assert started == became, "the command keeps the pid that was started"


def test_a_child_whose_parent_has_already_gone_does_not_start() -> None:
    command = [word if word != "PARENT" else "1" for word in launcher(elsewhere=False)]

    done = subprocess.run(
        [*command, "echo", "started"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert "the parent process 1 has gone" in done.stderr


def test_the_command_gets_its_arguments_and_gives_its_exit_code() -> None:
    done = subprocess.run(
        tethered(("sh", "-c", 'printf "%s|" "$@"; exit 7', "sh", "a b", "--", "")),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (7, "a b|--||")


def test_a_command_that_is_not_there_is_named() -> None:
    done = subprocess.run(tethered(("nonesuch",)), capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr == "nonesuch: No such file or directory\n"


def test_the_command_inherits_no_ignored_signal_from_python() -> None:
    done = subprocess.run(
        tethered(("sh", "-c", "kill -PIPE $$; echo alive")),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == -signal.SIGPIPE
