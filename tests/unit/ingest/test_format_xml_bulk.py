"""A megabyte of anything, wherever it stands in a document, is read or refused within a second."""

import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from services.ingest.formats import Unreadable, read

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
OCTETS = 900_000
TEXT_ITEM = '<newsItem guid="a"><itemMeta><itemClass qcode="ninat:text"/></itemMeta></newsItem>'
PICTURE = '<newsItem guid="a"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta></newsItem>'
ATTRIBUTES = " ".join(f'a{n}="1"' for n in range(80_000))
NAMESPACES = "".join(f'<a xmlns:b{n}="x"/>' for n in range(30_000))


@pytest.mark.parametrize(
    "piece",
    [
        *("<p>ab</p>", "<p/>", "ab ", "ab\n   c\n", "a<br/>", "<i>a</i>", "(", "&amp;amp;", "A,"),
        *("<ul><li>a</li></ul>", "<table><tr><td>a</td></tr></table>", "<pre>a b\nc</pre>"),
        "<media><media-caption>a</media-caption></media>",
        "<div>" * 200 + "</div>" * 200,
        "<table><tr><td>" * 3 + "a" + "</td></tr></table>" * 3,
        "<ul><li>" * 100 + "</li></ul>" * 100,
    ],
)
def test_a_body_of_it_takes_less_than_a_second(piece: str) -> None:
    body = piece * (OCTETS // len(piece))

    _read_in_time(f"<nitf><body><body.content>{body}</body.content></body></nitf>")


def test_tables_within_tables_are_read_once() -> None:
    body = "<table><tr><td>" * 20 + "a" + "</td></tr></table>" * 20

    _read_in_time(f"<nitf><body><body.content>{body}</body.content></body></nitf>")


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [
        ("<contentMeta>", '<subject qcode="a:b"/>', "</contentMeta>"),
        ("<contentMeta><headline>", "UPDATE ", "</headline></contentMeta>"),
        ("<contentMeta><dateline>", "(", "</dateline></contentMeta>"),
        ('<contentMeta><creator literal="', "Aa ", '"/></contentMeta>'),
        ("<itemMeta>", "<edNote>CORRECTS x</edNote>", "</itemMeta>"),
        ("<itemMeta><edNote>", "korr ektur ", "</edNote></itemMeta>"),
        ("<itemMeta><versionCreated>", "1", "</versionCreated></itemMeta>"),
        ("<contentSet><inlineData>", "&lt;a b", "</inlineData></contentSet>"),
        ("<contentSet><inlineData>", "&lt;p&gt;", "</inlineData></contentSet>"),
        ("<contentSet>", "<inlineXML><p/></inlineXML>", "</contentSet>"),
    ],
)
def test_an_item_of_it_takes_less_than_a_second(before: str, piece: str, after: str) -> None:
    bulk = piece * (OCTETS // len(piece))

    _read_in_time(f'<newsItem guid="a">{before}{bulk}{after}</newsItem>')


@pytest.mark.parametrize(
    "source",
    [
        f"<nitf {ATTRIBUTES}/>",
        f"<nitf>{NAMESPACES}</nitf>",
        f"<newsMessage><itemSet>{TEXT_ITEM * 9_000}</itemSet></newsMessage>",
        f"<newsMessage><itemSet>{TEXT_ITEM * 400}{PICTURE * 500}</itemSet></newsMessage>",
        f'<newsItem guid="{"1" * OCTETS}" version="{"1" * OCTETS}"/>',
        f'<nitf><head><docdata><doc-id id-string="{"a:" * 400_000}"/></docdata></head></nitf>',
    ],
    ids=["attributes", "namespaces", "items", "pictures", "version", "id"],
)
def test_a_document_of_it_takes_less_than_a_second(source: str) -> None:
    _read_in_time(source)


def _read_in_time(source: str) -> None:
    started = time.process_time()

    with suppress(Unreadable):
        read(source.encode(), content_type=None, received_at=NOW)

    assert time.process_time() - started < 1
