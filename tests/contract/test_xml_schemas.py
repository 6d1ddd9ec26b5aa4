"""Every story in every state is valid NITF 3.6 and NewsML-G2 2.35, by IPTC's own schemas."""

import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.publish.formats import Profile, render
from shared.events import Label, Labels, Tagging
from shared.story import Dateline, Picture, Status, Story, Subject
from tests.properties.test_formats_out import MOMENTS, STORIES, TAGGINGS, revision_of

SCHEMAS = {"newsml-g2": "newsml-g2-2.35-power.xsd", "nitf": "nitf-3.6.xsd"}
FAULTS = {"newsml-g2": (b"stat:usable", b"usable"), "nitf": (b"<hl1>", b"<hl1><para/>")}
FORMATS = pytest.mark.parametrize("written", SCHEMAS)
# Derandomized: each run sees the same thousand.
THOUSAND = settings(max_examples=500, deadline=None, derandomize=True)
STORY = Story(story_id="urn:hafen:1", headline="Der Kran ist da", body_text="Rot.")
TAGS = Labels(section=Label(name="Wirtschaft", code="medtop:04000000", score=0.8))
WILD = st.text(min_size=1, max_size=12)
MAYBE = st.none() | WILD
ODD_STORIES = st.builds(
    Story,
    story_id=WILD,
    headline=st.just("") | WILD,
    kicker=MAYBE,
    teaser=MAYBE,
    body_text=st.just("") | WILD,
    status=st.sampled_from(Status),
    signal=MAYBE,
    urgency=st.none() | st.integers(-3, 12),
    embargoed=st.none() | MOMENTS,
    language=MAYBE,
    slug=MAYBE,
    dateline=st.builds(Dateline, place=MAYBE, credit=MAYBE),
    credit=MAYBE,
    byline=MAYBE,
    keywords=st.lists(WILD, max_size=2).map(tuple),
    subjects=st.lists(st.builds(Subject, code=MAYBE, name=MAYBE), max_size=2).map(tuple),
    pictures=st.lists(st.builds(Picture, href=MAYBE, caption=MAYBE, credit=MAYBE), max_size=2).map(
        tuple
    ),
    copyright_notice=MAYBE,
    usage_terms=MAYBE,
    correction_note=MAYBE,
)
ODD_LABELS = st.builds(
    Labels,
    section=st.builds(Label, name=WILD, code=MAYBE, score=st.floats(0, 1)),
    topics=st.lists(
        st.builds(Label, name=WILD, code=MAYBE, score=st.floats(-1, 2)), max_size=2
    ).map(tuple),
)


@cache
def schema(written: str) -> etree.XMLSchema:
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("DEPESCHE_REFERENCE") or root.parent / "shared") / "schemas"
    assert folder.is_dir(), f"no schemas in {folder}: set DEPESCHE_REFERENCE"
    return etree.XMLSchema(etree.parse(folder / SCHEMAS[written]))


def document(written: str, story: Story, tags: Labels = TAGS, version: int = 3) -> bytes:
    return render(story, revision_of(story, version), tags, Profile(written)).body


def errors(written: str, body: bytes) -> list[str]:
    validator = schema(written)
    validator.validate(etree.fromstring(body))
    return [str(error) for error in validator.error_log]


@FORMATS
def test_the_check_itself_finds_faults(written: str) -> None:
    body = document(written, STORY)

    assert errors(written, body) == []
    fault = FAULTS[written]
    assert fault[0] in body
    assert errors(written, body.replace(*fault)) != []


@FORMATS
@THOUSAND
@given(story=STORIES, tags=TAGGINGS, version=st.integers(0, 10**17))
def test_every_story_is_valid(written: str, story: Story, tags: Tagging, version: int) -> None:
    assert errors(written, document(written, story, tags, version)) == []


@FORMATS
@THOUSAND
@given(story=ODD_STORIES, tags=ODD_LABELS)
def test_no_odd_text_makes_a_document_invalid(written: str, story: Story, tags: Labels) -> None:
    assert errors(written, document(written, story, tags)) == []
