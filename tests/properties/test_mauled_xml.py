"""Whatever a wire makes of XML, the parsers answer with a story or say why not, and soon."""

import time
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from services.ingest.formats.xml_document import Element
from tests.support.soundness import read_soundly

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
WIRES = Path(__file__).parents[1] / "wires"
SAMPLES = tuple(path.read_bytes() for path in sorted(WIRES.glob("*/*.xml")))
SCRAPS = st.binary(max_size=6) | st.sampled_from(
    [
        *(b"<", b">", b"&", b"&nbsp;", b"&x;", b"&#0;", b"]]>", b"<![CDATA[", b"<!--", b"<?x?>"),
        *(b"\x00", b"\xff", b"\xe4", b"\xed\xa0\x80", b"</p>", b"<br>", b"<a:b>", b"''", b'"'),
        b'<!DOCTYPE x [<!ENTITY a "aa">]>',
    ]
)
VALUES = st.sampled_from(
    [
        "",
        " ",
        "0",
        "-1",
        "9" * 40,
        "²",
        "31.06.2024",
        "99999999T999999Z",
        "urn:newsml:a:20240603:1:2N",
        "x" * 999,
        "medtop:1",
        "Canceled",
        "Embargoed",
        "yes",
        "(AFP) -",
        "a, b, c",
    ]
) | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=9)


@st.composite
def mauled(draw: st.DrawFn) -> bytes:
    """A sample whose elements were dropped, doubled, moved, renamed or filled with something else."""
    root = etree.fromstring(
        draw(st.sampled_from(SAMPLES)), etree.XMLParser(recover=True, resolve_entities=False)
    )
    for _ in range(draw(st.integers(1, 6))):
        elements: Sequence[Element] = [e for e in root.iter("*") if e is not root]
        if not elements:
            break
        _maul(draw, elements, draw(st.sampled_from(elements)))
    return etree.tostring(root, encoding="unicode").encode(
        draw(st.sampled_from(["utf-8", "cp1252", "utf-16"])), errors="xmlcharrefreplace"
    )


def _maul(draw: st.DrawFn, elements: Sequence[Element], chosen: Element) -> None:
    parent = chosen.getparent()
    other = draw(st.sampled_from(elements))
    match draw(st.integers(0, 6)):
        case 0 if parent is not None:
            parent.remove(chosen)
        case 1 if parent is not None:
            parent.append(deepcopy(chosen))
        case 2 if other not in chosen.iter():
            other.append(chosen)
        case 3 if ":" not in str(other.tag).rpartition("}")[2]:
            chosen.tag = other.tag
        case 4:
            chosen.text = draw(VALUES)
        case 5 if chosen.attrib:
            chosen.set(str(draw(st.sampled_from(sorted(map(str, chosen.attrib))))), draw(VALUES))
        case _:
            chosen[:] = []


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(mauled())
def test_a_mauled_document_is_read_or_unreadable(body: bytes) -> None:
    _read(body)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), SCRAPS), max_size=5),
)
def test_scraps_in_the_bytes_are_read_or_unreadable(
    body: bytes, scraps: list[tuple[float, int, bytes]]
) -> None:
    for share, cut, scrap in scraps:
        at = int(share * len(body))
        body = body[:at] + scrap + body[at + cut :]

    _read(body)


@given(st.sampled_from(SAMPLES), st.floats(0, 1))
def test_a_document_cut_off_is_read_or_unreadable(body: bytes, share: float) -> None:
    _read(body[: int(share * len(body))])


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(
        [
            "NewsML><NewsItem><NewsComponent",
            "feed><entry",
            "rss><channel",
            "nitf><body><p",
            "newsItem",
        ]
    ),
    st.sampled_from(
        [
            "<NewsComponent>",
            "<p>",
            "<b>",
            "<ContentItem>",
            "<media:group>",
            "&amp;",
            "<p/>",
            " (AFP) -",
        ]
    ),
    st.integers(1, 250),
)
def test_neither_depth_nor_length_takes_long(root: str, piece: str, thousands: int) -> None:
    body = f"<{root}>".encode() + piece.encode() * (thousands * 4000 // len(piece))

    started = time.process_time()
    _read(body)

    assert time.process_time() - started < 3  # a second on a machine that does nothing else


def _read(body: bytes) -> None:
    read_soundly(body)
