import os
import threading
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from depesche.aof_sync import AofSync


@pytest.fixture
def increment(tmp_path: Path) -> Path:
    increment = tmp_path / "appendonly.aof.1.incr.aof"
    increment.write_bytes(b"*1")
    (tmp_path / "appendonly.aof.1.base.rdb").write_bytes(b"REDIS")
    return increment


def test_an_increment_that_grew_is_brought_to_the_disk(
    increment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk: list[Path] = []

    def to_disk(file: int) -> None:
        on_disk.append(Path(f"/proc/self/fd/{file}").readlink())

    monkeypatch.setattr(os, "fdatasync", to_disk)

    synced = AofSync(increment.parent).sync()

    assert synced == [increment]
    assert on_disk == [increment]


def test_an_idle_redis_costs_no_disk_work(increment: Path) -> None:
    sync = AofSync(increment.parent)
    sync.sync()

    assert sync.sync() == []

    with increment.open("ab") as file:
        file.write(b"\r\n")
    assert sync.sync() == [increment]


def test_a_folder_that_is_not_there_yet_is_no_error(tmp_path: Path) -> None:
    assert AofSync(tmp_path / "appendonlydir").sync() == []


def test_a_failing_disk_is_told_and_tried_again(
    increment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = iter([OSError(5, "Input/output error"), None])
    mended = threading.Event()

    def failing(_file: int) -> None:
        error = next(tries)
        if error:
            raise error
        mended.set()

    monkeypatch.setattr(os, "fdatasync", failing)

    with capture_logs() as logs:
        sync = AofSync(increment.parent, every=0.001)
        sync.start()
        assert mended.wait(5)
        sync.stop()

    assert [log["event"] for log in logs] == ["aof_sync_failed"]
