"""Whatever a desk posts, the parsers answer with a story or say why not; never otherwise."""

import json
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from services.ingest.datelines import read_dateline
from services.ingest.formats import ReadStory
from services.ingest.formats.paragraphs import first_sentence, paragraphs
from services.ingest.formats.xhtml import plain_paragraphs
from services.ingest.identity import derived_story_id
from shared.story import Story
from tests.support.soundness import read_soundly

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
LABELS = st.none() | st.sampled_from(
    [
        "application/json",
        "text/plain",
        "text/plain; charset=utf-16",
        "application/octet-stream",
        "image/png",
        ";charset=",
    ]
)
NAMES = (
    "associations bodies body_html body_text by byline copyrightholder descriptions edNote "
    "embargoed embargoedUntil expires genre headline headlines infosource keywords located profile "
    "pubStatus pubstatus renditions signal slugline standard $standard subject subjects title type "
    "uri urgency value version versionCreated versioncreated role code name href width"
)
FIELDS = st.sampled_from(NAMES.split())
WORDS = st.sampled_from(
    [
        "Hafenstadt (SID) - Ein Kran.",
        "Sperrfrist 31. Juni 25.70 Uhr",
        "2024-06-03T12:00:00Z",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59-14:00",
        "medtop:20001065",
        "picture",
        "<p>Kran</p>",
        "&#" + "9" * 5000 + ";",
        "²",
        "\x00",
        "\ud800",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4),
    max_leaves=12,
)
LINES = st.lists(
    WORDS.filter(lambda word: word.isascii())
    | st.text(max_size=40).filter(lambda line: line.isprintable())
    | st.sampled_from(
        [
            *("", "1. Lokales", "  2. Kran", "Kran", "Kommentare", "Kran. | © Aue", "(Foto folgt)"),
            *("03.06.2024 | 31.06.2024, 10:00", "03.06.2024 | 03.06.2024, 10:00", "Von Udo Muster"),
        ]
    ),
    max_size=12,
)


@given(st.binary(), LABELS)
@example(b"\xff\xfe\x00\xd8", None)
@example(b"\xef\xbb\xbf{", "application/json")
def test_any_bytes_are_read_or_unreadable(body: bytes, label: str | None) -> None:
    _read(body, label)


@given(VALUES, LABELS)
def test_any_json_is_read_or_unreadable(value: object, label: str | None) -> None:
    _read(json.dumps(value).encode(), label)


@given(st.dictionaries(FIELDS, VALUES, max_size=8), st.booleans())
def test_any_fields_beside_an_id_are_read_or_unreadable(
    fields: dict[str, object],
    ascii_only: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    source = json.dumps({**fields, "uri": "urn:example:1"}, ensure_ascii=ascii_only)

    _read(source.encode(errors="surrogatepass"), None)


@given(st.integers(1, 3000), st.sampled_from(['{"subject":', "[", '{"uri":[{"a":']))
def test_json_of_any_depth_is_read_or_unreadable(depth: int, opening: str) -> None:
    _read((opening * depth).encode(), "application/json")


@given(LINES, LABELS)
def test_any_lines_become_a_story_that_survives_the_way_to_json_and_back(
    lines: list[str], label: str | None
) -> None:
    for found in _read("\n".join(lines).encode(), label):
        assert Story.model_validate_json(found.story.model_dump_json()) == found.story


@given(LINES)
def test_the_same_copy_reads_the_same_twice(lines: list[str]) -> None:
    body = "\n".join(lines).encode()

    assert _read(body, "text/plain") == _read(body, "text/plain")


@given(st.text())
def test_every_letter_of_plain_text_is_kept(text: str) -> None:
    kept = "".join(paragraphs(text))

    assert "".join(kept.split()) == "".join(text.split())


@given(st.text(alphabet=st.sampled_from("<>/!-&#;pb r\"'xa&[]3")))
def test_no_markup_is_too_broken(markup: str) -> None:
    assert all(paragraph == paragraph.strip() != "" for paragraph in plain_paragraphs(markup))


@given(st.text(min_size=1))
def test_a_dateline_ends_within_its_paragraph_and_a_sentence_has_an_end(text: str) -> None:
    dateline = read_dateline(text)

    assert dateline is None or 0 < dateline.end <= len(text)
    assert len(first_sentence(text)) <= 200


@given(st.text(), st.text(max_size=9))
def test_an_id_is_stable_and_has_no_blanks(headline: str, credit: str) -> None:
    day = NOW.date()

    story_id = derived_story_id(credit, day, headline)

    assert story_id == derived_story_id(f" {credit} ", day, f" {headline} ")
    assert story_id.isascii()
    assert " " not in story_id


FRAMES = st.sampled_from(
    [
        *(
            "\x01",
            "\x02",
            "\x03",
            "\x04",
            "\x07",
            "\x16",
            "\x7f",
            "\n",
            "\r\n",
            "   ",
            "\t",
            " =\n",
        ),
        *(
            "bdt0657 3 pl 339  dpa 1234\n",
            "bdt0000 1 vm 0  lni 0000\n",
            "Kran/\n",
            "KILL KILL KILL\n",
        ),
        *(
            "zu bdt0657 vom 31. Juni ",
            "Sperrfrist 31. Juni 25.70 Uhr",
            "(Berichtigung: ",
            ")",
            "<",
            "^",
        ),
        *("031405 Jun 24\n", "991499 GMT Feb 24\n", "# Notizblock\n", "Hafenstadt (dpa) - Text.\n"),
        *(
            "W2870asian\n",
            "f l BC-XX--CraneB     11-13 1049\n",
            "^BC-XX--Crane, KILL, a0512,466<\n",
        ),
        *(
            "AP-NY-13-45-13 2599EST<\n",
            "AP-NY-11-13-13 1009EST<\n",
            "Reut12:34 06-03-24\n",
            "f}r {l ",
        ),
    ]
)


@given(
    st.lists(FRAMES | st.text(max_size=20), max_size=24), st.sampled_from(["7901", "anpa", "any"])
)
def test_any_old_wire_is_read_or_unreadable_and_reads_the_same_twice(
    pieces: list[str], start: str
) -> None:
    head = {
        "7901": "\x01bdt0657 3 pl 339  dpa 1234\n",
        "anpa": "W2870asian\nf l BC-XX--Crane 11-13 1049\n",
        "any": "",
    }[start]
    body = (head + "".join(pieces)).encode(errors="surrogatepass")

    assert _read(body, None) == _read(body, None)


OWN_NAMES = (
    "altids itemid data items item entries urn entry_id version ednotes role ednote notepad "
    "public_html categories type name qcode associations renditions editorialtypes signals "
    "pubstatus embargoed headline body_nitf bylines datelinelocation city subject rels code "
    "article_html dateline creditline urgency editorialpriority usageterms keywords nitf content"
)
JSON_NAMES = st.sampled_from(OWN_NAMES.split())
JSON_VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(JSON_NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(
    st.dictionaries(JSON_NAMES, JSON_VALUES, max_size=8),
    st.sampled_from([{"urn": "urn:a", "entry_id": "b"}, {"altids": {"itemid": "a"}}, {}]),
    st.sampled_from(["alone", "array", "lines", "wireq", "feed"]),
)
def test_any_fields_of_agencies_own_json_are_read_or_unreadable(
    fields: dict[str, object], ids: dict[str, object], wrapping: str
) -> None:
    one = {**fields, **ids}
    wrapped = {
        "alone": lambda: json.dumps(one),
        "array": lambda: json.dumps([one, one]),
        "lines": lambda: f"{json.dumps(one)}\n{json.dumps(one)}",
        "wireq": lambda: json.dumps({"entries": [one]}),
        "feed": lambda: json.dumps({"data": {"items": [{"item": one}]}}),
    }[wrapping]()

    _read(wrapped.encode(), None)


def _read(body: bytes, label: str | None) -> tuple[ReadStory, ...]:
    return read_soundly(body, label)
