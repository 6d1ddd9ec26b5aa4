import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from depesche.data_folder import (
    LONGEST_SOCKET,
    DataFolderTaken,
    claim,
    release,
    running_url,
    socket_of,
    url_of,
)


@pytest.fixture
def deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    with tempfile.TemporaryDirectory(dir="/tmp") as short:
        monkeypatch.setattr("tempfile.tempdir", short)
        yield tmp_path / ("ä" * 60)


def test_the_socket_lies_in_the_folder() -> None:
    assert socket_of(Path("/srv/depesche")) == Path("/srv/depesche/redis.sock")


def test_a_long_path_has_its_socket_in_a_private_folder_always_the_same(deep: Path) -> None:
    assert len(os.fsencode(socket_of(deep))) <= LONGEST_SOCKET
    assert socket_of(deep) == socket_of(deep)
    assert socket_of(deep) != socket_of(deep / "other")

    release(deep, claim(deep))

    assert socket_of(deep).parent.stat().st_mode & 0o777 == 0o700


def test_a_socket_folder_that_others_can_enter_is_refused(deep: Path) -> None:
    socket_of(deep).parent.mkdir()
    socket_of(deep).parent.chmod(0o755)

    with pytest.raises(PermissionError):
        claim(deep)


def test_a_second_claim_is_refused_by_name_until_the_first_is_released(tmp_path: Path) -> None:
    first = claim(tmp_path)

    with pytest.raises(DataFolderTaken, match=str(tmp_path)):
        claim(tmp_path, patience=0)

    release(tmp_path, first)
    release(tmp_path, claim(tmp_path, patience=0))


def test_the_url_is_told_while_the_folder_is_claimed_and_only_then(tmp_path: Path) -> None:
    assert running_url(tmp_path) is None

    lock = claim(tmp_path)
    assert running_url(tmp_path) == url_of(tmp_path / "redis.sock")

    lock.close()  # as a killed program leaves it, with the URL still in the folder
    assert running_url(tmp_path) is None


def test_a_url_quotes_what_a_url_cannot_hold() -> None:
    assert url_of(Path("/srv/a b?/redis.sock")) == "unix:///srv/a%20b%3F/redis.sock"
