import pytest

from services.ingest.desks import (
    DeskBook,
    DesksFile,
    key_digest,
    may_credit,
    new_key,
    parse_desks,
)
from shared.config_file import BadConfig

OLD, NEW, OTHER = "dsk_alt", "dsk_neu", "dsk_anders"

DESKS = f"""\
desks:
  - id: hafen
    name: Hafendienst
    credits: [HFD, Hafen-Foto]
    key_sha256: [{key_digest(OLD)}, {key_digest(NEW).upper()}]
  - id: lokal
    name: Lokalredaktion
    credits: [lok]
    key_sha256: {key_digest(OTHER)}
"""


@pytest.fixture
def book() -> DeskBook:
    return parse_desks(DESKS, "desks.yaml")


@pytest.mark.parametrize(
    ("key", "desk"), [(OLD, "hafen"), (NEW, "hafen"), (OTHER, "lokal"), ("dsk_", None), ("", None)]
)
def test_a_key_names_its_desk(book: DeskBook, key: str, desk: str | None) -> None:
    found = book.by_key(key)

    assert (found and found.id) == desk


def test_a_digest_is_not_a_key(book: DeskBook) -> None:
    assert book.by_key(key_digest(OLD)) is None


def test_a_desk_is_found_by_its_id(book: DeskBook) -> None:
    found = book.by_id("lokal")

    assert found is not None
    assert found.name == "Lokalredaktion"
    assert book.by_id("keiner") is None


@pytest.mark.parametrize(
    ("credit", "allowed"),
    [
        ("HFD", True),
        ("hfd ", True),
        ("hafen-foto", True),
        ("lok", False),
        ("", False),
        (None, True),
    ],
)
def test_a_desk_may_credit_only_its_own(
    book: DeskBook, credit: str | None, *, allowed: bool
) -> None:
    assert may_credit(book.desks[0], credit) is allowed


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("id: lokal", "id: hafen", "desks.yaml:6: desks[1].id: another desk has the id `hafen`"),
        (
            key_digest(OTHER),
            key_digest(NEW),
            "desks.yaml:9: desks[1].key_sha256[0]: desk `hafen` has this key",
        ),
        ("[lok]", "[]", "desks.yaml:8: desks[1].credits: Tuple should have at least 1 item"),
        ("credits: [lok]", "credit: [lok]", "did you mean `credits`?"),
        (key_digest(OTHER), "geheim", "desks.yaml:9: desks[1].key_sha256[0]: String should match"),
        ("id: lokal", "id: Lokal!", "desks.yaml:6: desks[1].id: String should match"),
    ],
)
def test_a_bad_desk_is_refused_with_its_line(old: str, new: str, complaint: str) -> None:
    with pytest.raises(BadConfig) as caught:
        parse_desks(DESKS.replace(old, new), "desks.yaml")

    assert complaint in str(caught.value)


def test_a_new_key_opens_the_desk_that_holds_its_digest() -> None:
    key, digest = new_key()
    book = parse_desks(DESKS.replace(key_digest(OTHER), digest), "desks.yaml")

    found = book.by_key(key)

    assert found == book.desks[1]
    assert key.startswith("dsk_")
    assert new_key()[0] != key


def test_no_desks_at_all_is_a_good_file() -> None:
    assert parse_desks("desks: []", "desks.yaml").desks == DesksFile(desks=()).desks
