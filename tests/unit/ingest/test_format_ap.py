import json
from datetime import UTC, datetime
from typing import Any

import pytest

from services.ingest.formats import ReadStory, Unreadable, read
from shared.story import Dateline, Picture, Status, Story, Subject

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
ID = "5ee9b4b40ea5fe9c9ca60f890fb2e1d9"
NITF = (
    "<nitf><body><body.head><hedline><hl1>Crane tips</hl1></hedline></body.head><body.content>"
    "<block><p>PORT CITY (AP) — A crane tipped.</p><p>Two were hurt.</p></block></body.content>"
    "<body.end/></body></nitf>"
)


def test_an_item_is_read_field_by_field() -> None:
    found = _read(
        uri="https://example.org/content/5ee9?et=1",
        altids={"itemid": ID, "etag": f"{ID}_0a1", "referenceid": "Crane"},
        version=0,
        urgency=3,
        language="EN",
        versioncreated="2024-06-03T10:00:00Z",
        firstcreated="2024-06-03T09:00:00Z",
        slugline="BC-Crane",
        bylines=[{"by": "By EVA MUSTER", "title": "Associated Press"}],
        datelinelocation={"city": "Port City"},
        provider="AP",
        renditions={"nitf": {"href": "https://example.org/n", "content": NITF}},
        usageterms=["Editorial use only.", "No archive."],
        copyrightnotice="Copyright 2024",
        ednote="Adds details.",
        keywords=["Crane"],
        subject=[
            {"rels": ["category"], "code": "a", "name": "a"},
            {
                "rels": ["direct"],
                "code": "94aa",
                "name": "Cranes",
                "scheme": "http://cv.ap.org/id/",
            },
        ],
    )

    assert found == ReadStory(
        "ap",
        Story(
            story_id=ID,
            agency_version=0,
            version_created=datetime(2024, 6, 3, 10, tzinfo=UTC),
            first_created=datetime(2024, 6, 3, 9, tzinfo=UTC),
            urgency=3,
            language="en",
            headline="Crane tips",
            slug="BC-Crane",
            dateline=Dateline(place="PORT CITY", credit="AP"),
            credit="AP",
            byline="By EVA MUSTER",
            body_text="PORT CITY (AP) — A crane tipped.\n\nTwo were hurt.",
            subjects=(
                Subject(code="apcategorycode:a", name="a"),
                Subject(code="apsubject:94aa", name="Cranes"),
            ),
            keywords=("Crane",),
            copyright_notice="Copyright 2024",
            usage_terms="Editorial use only.\nNo archive.",
            signal="sig:update",
            ed_note="Adds details.",
        ),
        f"{ID}_0a1",
    )


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, Status.USABLE),
        ({"pubstatus": "Usable"}, Status.USABLE),
        ({"pubstatus": "withheld"}, Status.WITHHELD),
        ({"pubstatus": "canceled"}, Status.CANCELED),
        ({"pubstatus": "embargoed", "embargoed": "2024-06-04T10:00:00Z"}, Status.USABLE),
        ({"pubstatus": "embargoed"}, Status.WITHHELD),
        ({"editorialtypes": ["Kill"]}, Status.CANCELED),
        ({"editorialtypes": ["Elimination"], "pubstatus": "usable"}, Status.CANCELED),
        ({"editorialtypes": ["Withhold"]}, Status.WITHHELD),
        ({"editorialtypes": ["Disregard"]}, Status.WITHHELD),
        ({"editorialtypes": ["HoldForRelease"]}, Status.WITHHELD),
        ({"editorialtypes": ["Hold For Release"]}, Status.WITHHELD),
        (
            {"editorialtypes": ["HoldForRelease"], "embargoed": "2024-06-04T10:00:00Z"},
            Status.USABLE,
        ),
        ({"editorialtypes": [{"name": "Kill"}, {"name": "Withhold"}]}, Status.CANCELED),
        ({"ednote": "Eds: Kill the story. Facts are wrong."}, Status.CANCELED),
        ({"ednote": "Withhold until further notice."}, Status.WITHHELD),
    ],
)
def test_the_status_is_decided_by_types_note_and_embargo_too(
    fields: dict[str, Any], status: Status
) -> None:
    assert _read(**fields).story.status is status


@pytest.mark.parametrize(
    ("fields", "signal"),
    [
        ({}, None),
        ({"editorialtypes": ["Corrective", "Writethru"]}, "sig:correction"),
        ({"editorialtypes": ["Writethru"]}, "sig:update"),
        ({"editorialtypes": ["Lead"]}, "sig:update"),
        ({"ednote": "Eds: CORRECTS: three, not four."}, "sig:correction"),
    ],
)
def test_types_and_note_tell_the_kind_of_version(
    fields: dict[str, Any], signal: str | None
) -> None:
    assert _read(**fields).story.signal == signal


def test_a_take_is_a_story_of_its_own_in_the_family() -> None:
    ids = {"itemid": ID, "referenceid": "Crane"}

    take = _read(editorialtypes=["Takes"], altids=ids).story
    lead = _read(editorialtypes=["Lead"], altids=ids).story

    assert (take.story_id, take.family_id) == (ID, "Crane")
    assert lead.family_id is None


@pytest.mark.parametrize(
    "fields",
    [
        {"signals": ["newscontent", "Test"]},
        {"editorialtypes": ["Advisory"]},
        {"itemcontenttype": {"name": "Advisory"}},
        {"itemcontenttype": "Daybook"},
        {"headline": "Media advisory: crane"},
    ],
)
def test_tests_and_advisories_are_not_for_partners(fields: dict[str, Any]) -> None:
    assert not _read(**fields).story.publishable
    assert _read(signals=["newscontent"]).story.publishable


@pytest.mark.parametrize(
    ("fields", "urgency"),
    [
        ({"urgency": 3, "editorialpriority": "r"}, 3),
        ({"editorialpriority": "f"}, 1),
        ({"editorialpriority": "d"}, 5),
        ({}, None),
    ],
)
def test_the_priority_letter_stands_in_for_the_urgency(
    fields: dict[str, Any], urgency: int | None
) -> None:
    assert _read(**fields).story.urgency == urgency


@pytest.mark.parametrize(
    "fields",
    [
        {"body_nitf": NITF},
        {"renditions": {"nitf": NITF}},
        {"renditions": {"nitf": {"body": NITF}}},
        {"body_text": "PORT CITY (AP) — A crane tipped.\n\nTwo were hurt."},
    ],
)
def test_a_body_is_found_wherever_it_is_inline(fields: dict[str, Any]) -> None:
    story = _read(**fields).story

    assert story.body_text == "PORT CITY (AP) — A crane tipped.\n\nTwo were hurt."


def test_a_body_behind_a_link_is_noted() -> None:
    story = _read(renditions={"nitf": {"href": "https://example.org/n"}}).story

    assert story.body_text == ""
    assert "no body: the item only links to it" in story.repairs


def test_a_missing_headline_is_made_good_and_noted() -> None:
    alert = _read(headline="", body_text="PORT CITY (AP) — A crane tipped. More soon.").story
    longer = _read(headline=None, headline_extended="A crane tips in Port City").story

    assert alert.headline == "A crane tipped."
    assert longer.headline == "A crane tips in Port City"
    assert "no headline: the extended headline stands in" in longer.repairs


def test_pictures_come_with_caption_credit_and_widest_file() -> None:
    story = _read(
        associations={
            "1": {
                "type": "picture",
                "description_caption": "A crane",
                "photographer": {"name": "Eva Muster"},
                "renditions": {
                    "main": {"href": "https://example.org/w.jpg", "width": 900, "type": "picture"},
                    "small": {"href": "https://example.org/s.jpg", "width": 9, "type": "picture"},
                    "caption_nitf": {"href": "https://example.org/c.xml", "type": "text"},
                },
            },
            "2": {"type": "video"},
        }
    ).story

    assert story.pictures == (
        Picture(caption="A crane", credit="Eva Muster", href="https://example.org/w.jpg"),
    )


@pytest.mark.parametrize("wrapping", ["feed", "search", "items", "array"])
def test_a_feed_holds_several_stories_and_its_pictures_are_none(wrapping: str) -> None:
    items = [_item(), _item(type="picture"), _item(altids={"itemid": "b"})]
    wrapped: dict[str, Any] = {
        "feed": {"data": {"items": [{"meta": {}, "item": item} for item in items]}},
        "search": {"data": {"items": items}},
        "items": {"items": items},
        "array": items,
    }

    stories = read(json.dumps(wrapped[wrapping]).encode(), content_type=None, received_at=NOW)

    assert [(one.format, one.story.story_id) for one in stories] == [("ap", ID), ("ap", "b")]


def test_one_item_is_read_within_its_envelope() -> None:
    body = json.dumps({"api_version": "1.1", "id": "x", "data": {"item": _item()}}).encode()

    [found] = read(body, content_type=None, received_at=NOW)

    assert (found.format, found.story.story_id) == ("ap", ID)


def test_a_fault_in_a_feed_is_named_by_its_pointer() -> None:
    items = [{"item": _item()}, {"item": _item(version=[])}]
    body = json.dumps({"data": {"items": items}}).encode()

    with pytest.raises(Unreadable) as fault:
        read(body, content_type=None, received_at=NOW)

    assert fault.value.where == "/data/items/1/item/version"


@pytest.mark.parametrize("beside", [{"body_html": "<p>A crane.</p><p>Two.</p>"}, NITF])
def test_the_text_that_a_client_put_beside_the_item_is_its_body(beside: object) -> None:
    body = json.dumps({"api_version": "2.1", "data": {"item": _item()}, "nitf": beside}).encode()

    [found] = read(body, content_type=None, received_at=NOW)

    assert found.story.body_text.count("\n\n") == 1
    assert found.story.repairs == ()


@pytest.mark.parametrize("name", ["standard", "$standard"])
def test_what_names_its_standard_is_ninjs_whatever_ids_it_has(name: str) -> None:
    item = _item(uri="urn:example:1", **{name: {"name": "ninjs", "version": "1.6"}})

    [found] = read(json.dumps(item).encode(), content_type=None, received_at=NOW)

    assert found.format.startswith("ninjs")
    assert found.story.story_id == "urn:example:1"


def _item(**fields: Any) -> dict[str, Any]:
    return {"altids": {"itemid": ID}, "type": "text", "headline": "Crane tips", **fields}


def _read(**fields: Any) -> ReadStory:
    body = json.dumps(_item(**fields)).encode()
    [found] = read(body, content_type="application/json", received_at=NOW)
    return found
