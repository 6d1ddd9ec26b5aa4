"""IPTC's schemas accept whatever we write as ninjs 3.1, 2.2 and 1.6, in all states."""

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
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from services.publish.formats import Profile, render
from shared.events import Tag, Tagging
from shared.story import Picture, Status, Story, Subject
from tests.properties.test_formats_out import STORIES, TAGGINGS, revision_of

VERSIONS = ("3.1", "2.2", "1.6")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
TAGS = Tagging(
    section=Tag(name="Wirtschaft", code="medtop:04000000", score=0.8, source="rules"),
    topics=(Tag(name="Kräne", score=0.456, source="rules"),),
    confidence=0.8,
    taxonomy="1",
)
KRAN = Story(story_id="urn:hafen:1", headline="Der Kran ist da")
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
def validator(version: str) -> Draft7Validator | Draft202012Validator:
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("DEPESCHE_REFERENCE") or root.parent / "shared") / "schemas"
    assert folder.is_dir(), f"no schemas in {folder}: set DEPESCHE_REFERENCE"
    schema = json.loads((folder / f"ninjs-{version}.json").read_text("utf-8"))
    if version == "1.6":
        return Draft7Validator(schema, format_checker=formats)
    geojson = Resource[Any].from_contents(json.loads((folder / "geojson.json").read_text("utf-8")))
    registry = Registry[Any]().with_resource("https://geojson.org/schema/GeoJSON.json", geojson)
    return Draft202012Validator(schema, registry=registry, format_checker=formats)


def document(version: str, story: Story, tags: Tagging = TAGS) -> dict[str, Any]:
    profile = Profile(f"ninjs-{version}")
    written: dict[str, Any] = json.loads(render(story, revision_of(story), tags, profile).body)
    return written


def errors(version: str, written: dict[str, Any]) -> list[str]:
    found = validator(version).iter_errors(written)
    return [f"{error.json_path}: {error.message}" for error in found]


@pytest.mark.parametrize(
    ("version", "created", "status"),
    [
        ("3.1", "versionCreated", "pubStatus"),
        ("2.2", "versioncreated", "pubstatus"),
        ("1.6", "versioncreated", "pubstatus"),
    ],
)
def test_the_check_itself_finds_faults(version: str, created: str, status: str) -> None:
    written = document(version, KRAN)

    assert errors(version, written) == []
    assert errors(version, written | {"uri": "kein URI"})
    assert errors(version, written | {created: "2024-05-01T12:00:00"})
    assert errors(version, written | {"signal": "sig:update"})
    assert errors(version, written | {status: "killed"})


@settings(deadline=None, max_examples=1000, derandomize=True)
@given(story=STORIES, tags=TAGGINGS)
def test_a_thousand_stories_validate_against_each_schema(story: Story, tags: Tagging) -> None:
    for version in VERSIONS:
        assert errors(version, document(version, story, tags)) == []


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
        correction_note=st.none() | WILD,
    )
)
def test_no_odd_text_breaks_a_schema(story: Story) -> None:
    for version in VERSIONS:
        assert errors(version, document(version, story)) == []


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(
    ("version", "word", "text", "note"),
    [
        ("3.1", "pubStatus", "bodies", "descriptions"),
        ("2.2", "pubstatus", "bodies", "descriptions"),
        ("1.6", "pubstatus", "body_text", "description_correction"),
    ],
)
def test_a_story_says_its_status_and_only_a_usable_one_its_text(
    version: str, word: str, text: str, note: str, status: Status
) -> None:
    story = KRAN.model_copy(
        update={"body_text": "Rot.", "status": status, "correction_note": "Rot war er."}
    )

    written = document(version, story)

    usable = status is Status.USABLE
    assert written[word] == status.value
    assert (text in written, note in written) == (usable, usable)
    assert "Der Kran ist da" in json.dumps(written)
    assert errors(version, written) == []


SUBJECTS = (
    Subject(code="medtop:04000000", name="Wirtschaft"),
    Subject(code="medtop:20000001", name="Schifffahrt"),
    Subject(code="hfd:kran", name="Kran"),
)


@pytest.mark.parametrize("version", ["3.1", "2.2"])
def test_section_topics_and_the_agencys_own_subjects_are_all_told(version: str) -> None:
    story = KRAN.model_copy(update={"subjects": SUBJECTS})

    assert document(version, story)["subjects"] == [
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


def test_a_subject_of_1_6_has_its_scheme_apart_from_its_code() -> None:
    story = KRAN.model_copy(update={"subjects": SUBJECTS})

    assert document("1.6", story)["subject"] == [
        {
            "name": "Wirtschaft",
            "scheme": "http://cv.iptc.org/newscodes/mediatopic/",
            "code": "04000000",
            "rel": "section",
            "creator": "Depesche",
            "confidence": 80,
        },
        {"name": "Kräne", "rel": "about", "creator": "Depesche", "confidence": 46},
        {
            "name": "Schifffahrt",
            "scheme": "http://cv.iptc.org/newscodes/mediatopic/",
            "code": "20000001",
            "rel": "about",
        },
        {"name": "Kran", "code": "hfd:kran", "rel": "about"},
    ]


@pytest.mark.parametrize(
    ("story_id", "uri"),
    [
        ("hfd 2024/7", "urn:depesche:hfd%202024%2F7"),
        ("hfd:7%", "urn:depesche:hfd%3A7%25"),
        ("Kran-7", "urn:depesche:Kran-7"),
    ],
)
@pytest.mark.parametrize("version", VERSIONS)
def test_an_id_that_is_no_uri_becomes_one_and_is_told_beside_it(
    version: str, story_id: str, uri: str
) -> None:
    written = document(version, KRAN.model_copy(update={"story_id": story_id}))

    listed = [{"role": "storyId", "value": story_id}]
    named = {"storyid": story_id} if version == "1.6" else listed
    assert written["uri"] == uri
    assert written["altIds" if version == "3.1" else "altids"] == named
    assert errors(version, written) == []


@pytest.mark.parametrize(
    ("version", "genre"),
    [
        (
            "3.1",
            {"genres": [{"name": "repeat", "uri": "http://cv.iptc.org/newscodes/signal/repeat"}]},
        ),
        (
            "2.2",
            {"genres": [{"name": "repeat", "uri": "http://cv.iptc.org/newscodes/signal/repeat"}]},
        ),
        (
            "1.6",
            {
                "genre": [
                    {
                        "name": "repeat",
                        "scheme": "http://cv.iptc.org/newscodes/signal/",
                        "code": "repeat",
                    }
                ]
            },
        ),
    ],
)
def test_the_kind_of_version_is_told_as_a_genre(version: str, genre: dict[str, Any]) -> None:
    written = document(version, KRAN.model_copy(update={"signal": "sig:repeat"}))

    assert written.items() >= genre.items()


@pytest.mark.parametrize(
    ("version", "note"),
    [
        (
            "3.1",
            {
                "descriptions": [
                    {"role": "correction", "contentType": "text/plain", "value": "Rot war er."}
                ]
            },
        ),
        (
            "2.2",
            {
                "descriptions": [
                    {"role": "correction", "contenttype": "text/plain", "value": "Rot war er."}
                ]
            },
        ),
        ("1.6", {"description_correction": "Rot war er."}),
    ],
)
def test_a_correction_carries_its_note_where_readers_may_see_it(
    version: str, note: dict[str, Any]
) -> None:
    written = document(version, KRAN.model_copy(update={"correction_note": "Rot war er."}))

    assert written.items() >= note.items()
    assert errors(version, written) == []


@pytest.mark.parametrize(
    ("version", "name"), [("3.1", "embargoedUntil"), ("2.2", "embargoed"), ("1.6", "embargoed")]
)
def test_an_embargo_stands_in_the_field_of_that_version(version: str, name: str) -> None:
    until = datetime.fromisoformat("2024-05-01T19:00:00+02:00")

    written = document(version, KRAN.model_copy(update={"embargoed": until}))

    assert {key: written[key] for key in written if key.startswith("embargoed")} == {
        name: "2024-05-01T19:00:00+02:00"
    }


def test_pictures_of_1_6_go_by_name() -> None:
    picture = Picture(caption="Am Kai.", credit="Möwe", href="https://bilder.example/1 rot.jpg")

    written = document("1.6", KRAN.model_copy(update={"pictures": (picture,)}))

    assert written["associations"] == {
        "picture_1": {
            "uri": "urn:hafen:1#picture-1",
            "type": "picture",
            "description_caption": "Am Kai.",
            "byline": "Möwe",
            "renditions": {"original": {"href": "https://bilder.example/1%20rot.jpg"}},
        }
    }
