"""Whatever becomes of an XML document on the wire, it is read or said to be unreadable."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from services.ingest.formats import ReadStory
from services.ingest.formats.markup import text_paragraphs
from tests.support.soundness import read_soundly

WIRES = Path(__file__).parents[1] / "wires"
SAMPLES = [
    re.findall(r"<[^>]*>|[^<]+", path.read_bytes().decode("utf-8", errors="replace"))
    for path in sorted(WIRES.glob("*/*.xml"))
]
MARKED = [sample for sample in SAMPLES if any('="' in piece for piece in sample[1:])]
PIECES = st.sampled_from(sorted({piece for sample in SAMPLES for piece in sample}))
ODD = st.sampled_from(
    ["", "&", "&nbsp;", "&#0;", "<", "<br/>", "\n\n", "ends", "²", "9" * 30, "<![CDATA[", "\ud800"]
)
VALUES = st.sampled_from(
    [
        *(
            "",
            ":",
            "/",
            "²",
            "9" * 30,
            "stat:",
            "urn:newsml:x:20240603:a:1",
            "http://cv.iptc.org/newscodes/",
        ),
        *("0001-01-01T00:00:00", "9999-12-31T23:59:59-14:00", "20240231T000000Z", "Z"),
    ]
)


@given(st.data())
def test_any_mutation_of_a_sample_is_read_or_unreadable(data: st.DataObject) -> None:
    pieces = list(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(pieces) - 1))
        pieces[at] = data.draw(PIECES | ODD | st.text(max_size=5))

    _read("".join(pieces))


@given(st.data())
def test_any_value_in_an_attribute_is_read_or_unreadable(data: st.DataObject) -> None:
    pieces = list(data.draw(st.sampled_from(MARKED)))
    marked = [at for at, piece in enumerate(pieces) if '="' in piece and not piece.startswith("<?")]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.sampled_from(marked))
        value = data.draw(
            VALUES | st.text(alphabet=st.characters(exclude_characters='"<&'), max_size=9)
        )
        before, _, after = re.split(r'("[^"]*")', pieces[at], maxsplit=1)
        pieces[at] = f'{before}"{value}"{after}'

    _read("".join(pieces))


@given(st.data())
def test_any_text_in_an_element_is_read_or_unreadable(data: st.DataObject) -> None:
    pieces = list(data.draw(st.sampled_from(SAMPLES)))
    texts = [at for at, piece in enumerate(pieces) if not piece.startswith("<")]
    for _ in range(data.draw(st.integers(1, 6))):
        pieces[data.draw(st.sampled_from(texts))] = data.draw(VALUES | ODD | st.text(max_size=20))

    _read("".join(pieces))


@given(st.text(alphabet=st.sampled_from("<>/!-&#;pb rultd\"'xa&[]3\n")))
def test_no_escaped_markup_is_too_broken(text: str) -> None:
    assert all(block == block.strip() != "" for block in text_paragraphs(text, []))


def _read(source: str) -> tuple[ReadStory, ...]:
    return read_soundly(source.encode(errors="surrogatepass"))
