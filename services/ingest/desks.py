"""Who may post, and under which credits; never what becomes of a story."""

import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from shared.config_file import Place, Written, read_config

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Digest = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[0-9a-fA-F]{64}$")]


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Desk(Written):
    """A wire desk. `key_sha256` holds several digests while a key is being changed."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
    name: Text
    credits: Annotated[tuple[Text, ...], Field(min_length=1)]
    key_sha256: Annotated[tuple[Digest, ...], Field(min_length=1), BeforeValidator(_as_list)]


class DesksFile(Written):
    """All that `desks.yaml` says."""

    desks: tuple[Desk, ...]


@dataclass(frozen=True, slots=True)
class DeskBook:
    """The desks in the order of the file."""

    desks: tuple[Desk, ...]
    _by_digest: dict[str, Desk]

    def by_key(self, bearer_key: str) -> Desk | None:
        """Return the desk this key belongs to, if any."""
        presented = key_digest(bearer_key)
        desk = self._by_digest.get(presented)
        if desk is None:
            return None
        known = any(hmac.compare_digest(presented, digest) for digest in desk.key_sha256)
        return desk if known else None

    def by_id(self, desk_id: str) -> Desk | None:
        """Return the desk of this id, if any."""
        return next((desk for desk in self.desks if desk.id == desk_id), None)


def parse_desks(text: str, file: str) -> DeskBook:
    """Read `desks.yaml`; raises BadConfig with lines, also for an id or a key used twice."""
    written = read_config(text, DesksFile, file, check=_used_twice)
    by_digest = {digest: desk for desk in written.desks for digest in desk.key_sha256}
    return DeskBook(written.desks, by_digest)


def _used_twice(written: DesksFile) -> Iterator[tuple[Place, str]]:
    ids: set[str] = set()
    holders: dict[str, str] = {}
    for at, desk in enumerate(written.desks):
        if desk.id in ids:
            yield ("desks", at, "id"), f"another desk has the id `{desk.id}`"
        ids.add(desk.id)
        for nth, digest in enumerate(desk.key_sha256):
            if digest in holders:
                yield ("desks", at, "key_sha256", nth), f"desk `{holders[digest]}` has this key"
            holders.setdefault(digest, desk.id)


def may_credit(desk: Desk, credit: str | None) -> bool:
    """Whether the desk may post under this credit; a story without one claims none."""
    if credit is None:
        return True
    return credit.strip().casefold() in {own.casefold() for own in desk.credits}


def key_digest(key: str) -> str:
    """Return the SHA-256 of a key, as `key_sha256` holds it."""
    return sha256(key.encode()).hexdigest()


def new_key() -> tuple[str, str]:
    """Draw a key for a desk: the key, which only the desk keeps, and its digest."""
    key = f"dsk_{secrets.token_urlsafe(32)}"
    return key, key_digest(key)
