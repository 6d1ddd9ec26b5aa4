"""Copy made to hurt: it costs in proportion to its length, and what is too much is refused."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.ingest.formats import ReadStory, Unreadable, read
from services.ingest.formats.reading import MOST_STORIES
from tests.support.soundness import read_soundly

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
NITF = "<nitf><head><docdata><doc-id id-string='a'/></docdata></head><body><body.content>{}</body.content></body></nitf>"
G2 = (
    "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='urn:a' version='1'><itemMeta>{}</itemMeta>"
    "<contentMeta><headline>Kran</headline></contentMeta><contentSet><inlineData>Kran.</inlineData></contentSet></newsItem>"
)
NEWSML = (
    "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>a</ProviderId><DateId>20240603</DateId>"
    "<NewsItemId>b</NewsItemId><RevisionId>1</RevisionId></NewsIdentifier></Identification><NewsComponent>"
    "<DescriptiveMetadata>{}</DescriptiveMetadata><ContentItem><DataContent>Kran.</DataContent></ContentItem>"
    "</NewsComponent></NewsItem></NewsML>"
)
RSS = "<rss><channel><item><guid>a</guid><title>Kran</title>{}</item></channel></rss>"
WIRE = "\x01bdt0657 3 pl 339  dpa 1234\nKran/\n\x02Kran fällt um =\n"
ANPA = "\x16\x16\x01W2870asian\nf l BC-XX--Crane 11-13 1049\n\x02"


def _ninjs(**fields: object) -> str:
    return json.dumps({"uri": "urn:a", "headline": "Kran", **fields})


# Each makes a body of about 40 bytes times n. The first ones took minutes, or for ever, once.
COSTLY: dict[str, Callable[[int], str]] = {
    "nested figures": lambda n: NITF.format(
        ("<figure>" * 200 + "<img src='a'/>" + "</figure>" * 200) * (n // 80)
    ),
    "nested captions": lambda n: NITF.format(
        "<media><media-caption>" * 100 + "a" * n + "</media-caption></media>" * 100
    ),
    "nested lists": lambda n: NITF.format("<ul><li>" * 100 + "a b " * (n * 6) + "</li></ul>" * 100),
    "an author of at signs": lambda n: RSS.format("<author>" + "@" * (n * 4) + "</author>"),
    "keywords of blanks": lambda n: NEWSML.format(
        "<Property FormalName='Keyword' Value='a" + " " * (n * 40) + "b'/>"
    ),
    "a line of blanks": lambda n: ANPA + "a" + " " * (n * 4) + "b",
    "one paragraph of lines": lambda n: ANPA + "   Kran\n" + "a\n" * n,
    "line ends": lambda n: WIRE + "\r" * (n * 3),
    "a note of line ends": lambda n: G2.format("<edNote>a" + "\n" * (n * 20) + "b</edNote>"),
    "tables that never end": lambda n: _ninjs(body_html="<table><tr><td>a" * (n * 2)),
    "figures that never end": lambda n: _ninjs(body_html="<figure a table" * (n * 2)),
    "comments that never end": lambda n: _ninjs(body_html="<!-- <b" * (n * 5)),
    "tags that never end": lambda n: _ninjs(body_html="<a b='" * (n * 6)),
    "escapes": lambda n: _ninjs(body_html="&amp;lt;" * (n * 5)),
    "sentences": lambda n: _ninjs(body_text="Kran. " * (n * 6), headline=""),
    "brackets": lambda n: "(" * (n * 20),
    "datelines": lambda n: "Aue, 3. Juni " * (n * 3),
    "embargoes": lambda n: "Sperrfrist 3. Juni 25 Uhr\n" * n,
    "keywords": lambda n: "a/" * (n * 20),
    "kills": lambda n: WIRE + "KILL " * (n * 8),
    "numbers": lambda n: WIRE + "zu bdt0657 vom 3. Juni " * (n * 2),
    "digits": lambda n: '{"uri":"urn:a","headline":"Kran","version":"' + "9" * (n * 40) + '"}',
    "references": lambda n: NITF.format("&auml;&#228;&a; & " * (n * 2)),
    "documents' ends": lambda n: NITF.format("]]>--><" * (n * 5)),
}


@pytest.mark.parametrize("name", COSTLY)
def test_four_times_the_copy_costs_about_four_times_as_much(name: str) -> None:
    body_of = COSTLY[name]

    short, long = _cost(body_of(1500)), _cost(body_of(6000))

    # In proportion is 4, by the square 16. What is over in no time at all tells nothing.
    assert long < 0.05 or long < 10 * short


def test_tables_within_tables_are_each_read_once() -> None:
    body = NITF.format("<table><tr><td>a" * 60 + "</td></tr></table>" * 60)

    (found,) = _read(body)

    assert found.story.body_text.split() == ["a"] * 60


def test_a_table_within_a_cell_stands_in_its_row() -> None:
    inner = "<table><tr><td>b</td><td>c</td></tr></table>"
    body = f"<table><tr><td>a {inner}</td><td>d</td></tr><tr><td>e</td></tr></table>"

    (found,) = _read(NITF.format(body))

    assert found.story.body_text == "a b | c | d\ne"


def test_pictures_of_a_gallery_are_found_and_no_more_than_a_story_can_need() -> None:
    figures = "".join(
        f"<figure><img src='{n}'/><figcaption>Kran {n}</figcaption></figure>" for n in range(900)
    )

    (found,) = _read(NITF.format(f"<p>Kran.</p><figure>{figures}</figure>"))

    assert 400 < len(found.story.pictures) <= 500
    assert "Kran 1" in {picture.caption for picture in found.story.pictures}


@pytest.mark.parametrize(
    ("head", "one", "end"),
    [
        ("<rss><channel>", "<item><title>Kran</title></item>", "</channel></rss>"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry><id>a</id></entry>", "</feed>"),
        ("<newsMessage>", G2.format(""), "</newsMessage>"),
        ("<NewsML>", NEWSML.format("").removeprefix("<NewsML>")[:-9], "</NewsML>"),
        ("", _ninjs() + "\n", ""),
        ("", WIRE + "Kran fällt um.\n\x03\x04\n", ""),
        ("", ANPA + "Kran fällt um.\n\x03\x04\n", ""),
    ],
)
def test_more_stories_than_a_body_may_hold_are_refused_and_none_is_lost(
    head: str, one: str, end: str
) -> None:
    with pytest.raises(Unreadable, match=f"more than {MOST_STORIES} stories"):
        _read(head + one * (MOST_STORIES + 1) + end)

    assert len(_read(head + one * 1200 + end)) == 1200


def test_more_lines_than_copy_can_need_are_refused() -> None:
    with pytest.raises(Unreadable, match="more than 100000 lines"):
        _read("a\n" * 100_001)


@pytest.mark.parametrize(
    "moment",
    ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "9999-12-31", "99991231T235959Z"],
)
def test_a_time_for_ever_can_be_shown_in_every_zone(moment: str) -> None:
    for body in (
        _ninjs(expires=moment),
        G2.format(f"<versionCreated>{moment}</versionCreated><embargoed>{moment}</embargoed>"),
        RSS.format("<pubDate>31 Dec 9999 23:59:59 -1400</pubDate>"),
        "  1. Lokales\n  2. Kran\n\nKran\n\n31.12.9999 | 31.12.9999, 23:59\n\nKran.",
        f"{WIRE}Kran.\n312359 GMT Dec 9999\n",
        f"{ANPA}Kran.\n\nAP-NY-12-31-9999 2359EST<\n",
    ):
        assert read_soundly(body.encode())


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_was_never_set_is_none(moment: str) -> None:
    (of_json,) = read_soundly(_ninjs(versioncreated=moment).encode())
    (of_xml,) = read_soundly(G2.format(f"<versionCreated>{moment}</versionCreated>").encode())

    assert of_json.story.version_created is None
    assert "/versioncreated: 0001-01-01 is no time, left out" in of_json.story.repairs
    assert of_xml.story.version_created is None


def test_a_time_of_long_ago_is_the_same_after_its_way_to_json_and_back() -> None:
    (of_json,) = read_soundly(_ninjs(versioncreated="1177-06-03T12:00:00").encode())
    (of_wire,) = read_soundly(f"{WIRE}Kran.\n031200 Jun 1177\n".encode())

    assert of_json.story.version_created == of_wire.story.version_created


def test_a_headline_is_one_line_whatever_blanks_are_in_it() -> None:
    (of_text,) = _read("Kran  fällt\tum\n\nAue (dpa) - Ein Kran.")
    (of_wire,) = _read(
        "\x01bdt0657 3 pl 339  dpa 1234\n\x02Kran \t fällt um =\nAue (dpa) - Ein Kran."
    )

    assert of_text.story.headline == "Kran fällt um"
    assert of_wire.story.headline == "Kran fällt um"


def test_control_characters_in_a_header_do_not_reach_the_slug() -> None:
    (found,) = read_soundly(b"bdt0657 3 pl 339  kr\x10an\x7f\n\nKran =\nAue (dpa) - Ein Kran.")

    assert found.story.slug == "kran"


def test_nothing_is_fetched_and_no_instruction_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("<p>geheim</p>")
    body = (
        f"<?xml-stylesheet href='{secret.as_uri()}' type='text/xsl'?>"
        f"<nitf xmlns:xi='http://www.w3.org/2001/XInclude' xml:base='{tmp_path.as_uri()}/'>"
        f"<body><body.content><p>Kran.</p><xi:include href='secret'/><?include {secret}?>"
        f"<xi:include href='{secret.as_uri()}' parse='text'/></body.content></body></nitf>"
    )

    (found,) = _read(body)

    assert found.story.body_text == "Kran."


def _read(body: str) -> tuple[ReadStory, ...]:
    return read(body.encode(), content_type=None, received_at=NOW)


def _cost(body: str) -> float:
    """CPU time, the lesser of three: what else the machine does must not count."""
    return min(_timed(body.encode()) for _ in range(3))


def _timed(body: bytes) -> float:
    started = time.process_time()
    with suppress(Unreadable):
        read(body, content_type=None, received_at=NOW)
    return time.process_time() - started
