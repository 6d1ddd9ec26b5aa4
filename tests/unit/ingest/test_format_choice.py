"""Which format a body is found in, whatever its label says, and what is refused."""

import json
from datetime import UTC, datetime

import pytest

from services.ingest.formats import ReadStory, UnknownFormat, Unreadable, read

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
NINJS = b'{"uri": "urn:example:1", "headline": "Kran"}'
COPY = b"Kran kippt\n\nHafenstadt (SID). Ein Kran ist in Hafenstadt gekippt."
PAGE = b"1. Lokales\n  2. Kran kippt\n\nKran kippt\n\n03.06.2024 | 03.06.2024, 10:00\n\nText."


@pytest.mark.parametrize(
    ("body", "label", "found"),
    [
        (NINJS, "application/json", "ninjs-1.6"),
        (NINJS, "application/ninjs+json; charset=utf-8", "ninjs-1.6"),
        (NINJS, "application/octet-stream", "ninjs-1.6"),
        (NINJS, None, "ninjs-1.6"),
        (COPY, "text/plain", "text"),
        (COPY, None, "text"),
        (PAGE, "Text/Plain", "article"),
        (PAGE, None, "article"),
        (b"Nur ein Satz", "text/plain", "text"),
        (b"Nur ein Satz", None, "text"),
    ],
)
def test_a_body_is_read_without_a_note_when_label_and_bytes_agree(
    body: bytes, label: str | None, found: str
) -> None:
    read_story = _read(body, label)

    assert read_story.format == found
    assert not [note for note in read_story.story.repairs if "labelled" in note]


@pytest.mark.parametrize(
    ("body", "label", "found"),
    [
        (NINJS, "text/plain", "ninjs-1.6"),
        (NINJS, "image/png", "ninjs-1.6"),
        (COPY, "application/json", "text"),
        (COPY, "application/pdf", "text"),
        (PAGE, "application/json", "article"),
    ],
)
def test_the_bytes_are_believed_before_the_label_and_that_is_noted(
    body: bytes, label: str, found: str
) -> None:
    read_story = _read(body, label)

    assert read_story.format == found
    assert read_story.story.repairs[0].startswith(f"labelled {label}, read as ")


@pytest.mark.parametrize(
    ("body", "label"),
    [
        (b"Nur ein Satz", "image/png"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text/plain"),
        (b"%PDF-1.7 Hafenstadt (SID). Text", None),
        (b"\x00\x01ab\x02", None),
        (b"<?xml version='1.0'?><story/>", "text/plain"),
        (b"<story><p>Text</p></story>", None),
        (b"<p>Text</p>", "text/html"),
    ],
)
def test_what_neither_label_nor_bytes_tell_is_an_unknown_format(
    body: bytes, label: str | None
) -> None:
    with pytest.raises(UnknownFormat):
        _read(body, label)


@pytest.mark.parametrize("body", [b"", b" \r\n\t ", b"\x00\x00", b"\xef\xbb\xbf \n"])
def test_an_empty_body_says_so(body: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^the body is empty$"):
        _read(body, "text/plain")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b'{\n "uri": "a",\n  x}', "line 3, column 3"),
        ('{"uri": "äöü", x}'.encode(), "line 1, column 16"),
        (b'{"uri": "a", "urgency": NaN}', "line 1, column 25"),
        (b'{"uri": "\\ud800"}', "line 1, column"),
        (b'{"uri": "a"} {"uri": "b"}', "line 1, column 14"),
        (b'{"a":' * 300, "line 1, column"),
        (b'{"uri": "a", "version": ' + b"9" * 9999 + b"}", "line 1, column"),
    ],
)
def test_broken_json_says_in_which_line_and_column(body: bytes, where: str) -> None:
    with pytest.raises(Unreadable) as fault:
        _read(body, None)

    assert (fault.value.where or "").startswith(where)
    assert str(fault.value).startswith(f"{fault.value.where}: not JSON: ")


@pytest.mark.parametrize(
    ("body", "why", "where"),
    [
        (b"[{}, []]", "a story is one JSON object, found an array", "/1"),
        (b"[{}, 7]", "a story is one JSON object, found a number", "/1"),
        (b'{"uri": "a"}\n[]', "not JSON: trailing characters", "line 2, column 1"),
    ],
)
def test_a_list_of_anything_but_objects_is_no_list_of_stories(
    body: bytes, why: str, where: str
) -> None:
    with pytest.raises(Unreadable) as fault:
        _read(body, "application/json")

    assert (fault.value.why, fault.value.where) == (why, where)


@pytest.mark.parametrize(
    "body",
    [
        b'[{"uri": "a", "headline": "Kran"}, {"uri": "b", "headline": "Boot"}]',
        b'{"uri": "a", "headline": "Kran"}\n{"uri": "b", "headline": "Boot"}\n',
        b'{"_items": [{"guid": "a", "headline": "Kran"}, {"uri": "b", "headline": "Boot"}]}',
        b'{"total": 2, "item": [{"uri": "a", "headline": "Kran"}, {"uri": "b", "headline": "Boot"}]}',
    ],
)
def test_a_list_lines_or_an_envelope_hold_several_stories(body: bytes) -> None:
    stories = read(body, content_type=None, received_at=NOW)

    assert [(one.story.story_id, one.story.headline) for one in stories] == [
        ("a", "Kran"),
        ("b", "Boot"),
    ]


def test_a_fault_in_one_of_several_stories_says_which() -> None:
    with pytest.raises(Unreadable) as fault:
        _read(b'{"items": [{"uri": "a"}, {"uri": "b", "version": []}]}', None)

    assert fault.value.where == "/items/1/version"


@pytest.mark.parametrize(
    ("body", "label", "note"),
    [
        (COPY.decode().encode("utf-8-sig"), None, "byte order mark: read as utf-8"),
        (COPY.decode().encode("utf-16"), "text/plain", "byte order mark: read as utf-16-le"),
        ("Köln (SID). Möwe".encode("cp1252"), None, "not UTF-8: read as windows-1252"),
        (
            "Köln (SID). Möwe".encode("cp850"),
            "text/plain; charset=IBM850",
            "not UTF-8: read as the declared ibm850",
        ),
        (
            "Köln (SID). „Möwe“".encode("cp1252"),
            'text/plain; charset="ISO-8859-1"',
            "not UTF-8: read as the declared iso-8859-1",
        ),
        (
            "Köln (SID). Möwe".encode("cp1252"),
            "text/plain; charset=punycode",
            "not UTF-8: read as windows-1252",
        ),
        (b"Kran\x00 kippt\x07", "text/plain", "control characters removed"),
        ("Kran\x98 kippt".encode(), "text/plain", "control characters removed"),
    ],
)
def test_what_is_not_plain_utf8_is_read_and_noted(
    body: bytes, label: str | None, note: str
) -> None:
    story = _read(body, label).story

    assert note in story.repairs
    assert not {"\x00", "\x07", "\x98"} & set(story.body_text)
    assert "\ufffd" not in story.body_text


def test_utf8_is_believed_before_a_false_declaration() -> None:
    story = _read("Köln (SID). Möwe".encode(), "text/plain; charset=iso-8859-1").story

    assert story.body_text == "Köln (SID). Möwe"


def _read(body: bytes, content_type: str | None) -> ReadStory:
    [read_story] = read(body, content_type=content_type, received_at=NOW)
    return read_story


def test_an_id_that_no_key_or_header_can_carry_is_refused() -> None:
    body = json.dumps({"uri": "urn:" + "a" * 3000, "headline": "Kran"}).encode()

    with pytest.raises(Unreadable, match="2048"):
        read(body, content_type="application/json", received_at=datetime(2026, 1, 5, tzinfo=UTC))
