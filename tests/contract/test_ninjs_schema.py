import json
import os
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from services.publish.formats import Profile, render
from shared.events import Tag, Tagging
from shared.story import Picture, Status, Story, Subject
from tests.properties.test_formats_out import STORIES, TAGGINGS, revision_of

NINJS = Profile("ninjs-3.1")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
TAGS = Tagging(
    section=Tag(name="Wirtschaft", code="medtop:04000000", score=0.8, source="rules"),
    topics=(Tag(name="Kräne", score=0.456, source="rules"),),
    confidence=0.8,
    taxonomy="1",
)
WILD = st.text(min_size=1, max_size=12)

formats = FormatChecker(formats=())


@formats.checks("uri")
def is_uri(value: object) -> bool:
    """RFC 3986, as far as characters go; jsonschema brings no check of its own."""
    return not isinstance(value, str) or URI.fullmatch(value) is not None


@formats.checks("date-time", raises=ValueError)
def is_date_time(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@cache
def validator() -> Draft202012Validator:
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("DEPESCHE_REFERENCE") or root.parent / "shared") / "schemas"
    assert folder.is_dir(), f"no schemas in {folder}: set DEPESCHE_REFERENCE"
    schema = json.loads((folder / "ninjs-3.1.json").read_text("utf-8"))
    geojson = Resource[Any].from_contents(json.loads((folder / "geojson.json").read_text("utf-8")))
    registry = Registry[Any]().with_resource("https://geojson.org/schema/GeoJSON.json", geojson)
    return Draft202012Validator(schema, registry=registry, format_checker=formats)


def document(story: Story, tags: Tagging = TAGS) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(render(story, revision_of(story), tags, NINJS).body)
    return written


def errors(written: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator().iter_errors(written)]


def test_the_check_itself_finds_faults() -> None:
    written = document(Story(story_id="urn:hafen:1", headline="Der Kran ist da"))

    assert errors(written) == []
    assert errors(written | {"uri": "kein URI"})
    assert errors(written | {"versionCreated": "2024-05-01T12:00:00"})
    assert errors(written | {"signal": "sig:update"})
    assert errors(written | {"pubStatus": "killed"})


@settings(deadline=None)
@given(story=STORIES, tags=TAGGINGS)
def test_every_story_validates_against_the_schema(story: Story, tags: Tagging) -> None:
    assert errors(document(story, tags)) == []


@settings(deadline=None)
@given(
    story=st.builds(
        Story,
        story_id=WILD,
        headline=WILD,
        body_text=WILD,
        status=st.sampled_from(Status),
        signal=st.none() | WILD,
        urgency=st.none() | st.integers(-3, 12),
        subjects=st.lists(st.builds(Subject, code=WILD, name=st.none() | WILD), max_size=2),
        pictures=st.lists(st.builds(Picture, href=WILD, caption=WILD), max_size=2),
    )
)
def test_no_odd_text_breaks_the_schema(story: Story) -> None:
    assert errors(document(story)) == []


@pytest.mark.parametrize("status", Status)
def test_a_story_says_its_status_and_only_a_usable_one_its_text(status: Status) -> None:
    story = Story(
        story_id="urn:hafen:1", headline="Der Kran ist da", body_text="Rot.", status=status
    )

    written = document(story)

    assert written["pubStatus"] == status.value
    assert ("bodies" in written) == (status is Status.USABLE)
    assert written["headlines"][0]["value"] == "Der Kran ist da"
    assert errors(written) == []


def test_section_topics_and_the_agencys_own_subjects_are_all_told() -> None:
    story = Story(
        story_id="urn:hafen:1",
        headline="Der Kran ist da",
        subjects=(
            Subject(code="medtop:04000000", name="Wirtschaft"),
            Subject(code="medtop:20000001", name="Schifffahrt"),
            Subject(code="hfd:kran", name="Kran"),
        ),
    )

    assert document(story)["subjects"] == [
        {
            "name": "Wirtschaft",
            "uri": "http://cv.iptc.org/newscodes/mediatopic/04000000",
            "rel": "section",
            "creator": "Depesche",
            "confidence": 80,
        },
        {"name": "Kräne", "rel": "about", "creator": "Depesche", "confidence": 46},
        {
            "name": "Schifffahrt",
            "uri": "http://cv.iptc.org/newscodes/mediatopic/20000001",
            "rel": "about",
        },
        {"name": "Kran", "literal": "hfd:kran", "rel": "about"},
    ]


@pytest.mark.parametrize(
    ("story_id", "uri"),
    [
        ("hfd 2024/7", "urn:depesche:hfd%202024%2F7"),
        ("hfd:7%", "urn:depesche:hfd%3A7%25"),
        ("Kran-7", "urn:depesche:Kran-7"),
    ],
)
def test_an_id_that_is_no_uri_becomes_one_and_is_told_beside_it(story_id: str, uri: str) -> None:
    written = document(Story(story_id=story_id, headline="Der Kran ist da"))

    assert written["uri"] == uri
    assert written["altIds"] == [{"role": "storyId", "value": story_id}]
    assert errors(written) == []


def test_the_kind_of_version_is_told_as_a_genre() -> None:
    story = Story(story_id="urn:hafen:1", headline="Der Kran ist da", signal="sig:repeat")

    assert document(story)["genres"] == [
        {"name": "repeat", "uri": "http://cv.iptc.org/newscodes/signal/repeat"}
    ]
