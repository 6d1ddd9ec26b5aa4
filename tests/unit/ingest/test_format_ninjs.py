import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from services.ingest.formats import ReadStory, Unreadable, read
from shared.story import Status, Subject

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "family"),
    [
        ({"headline": "Kran"}, "ninjs-1.6"),
        ({"body_html": "<p>Kran</p>"}, "ninjs-1.6"),
        ({"headlines": [{"value": "Kran"}]}, "ninjs-2.2"),
        ({"headlines": [{"value": "Kran"}], "pubstatus": "usable"}, "ninjs-2.2"),
        ({"headlines": [{"value": "Kran"}], "standard": {"version": "3.0"}}, "ninjs-3.1"),
        ({"bodies": [{"contentType": "text/plain", "value": "Kran"}]}, "ninjs-3.1"),
        ({"versionCreated": "2024-06-03T12:00:00Z"}, "ninjs-3.1"),
        ({"pubstatus": "canceled", "standard": {"version": "2.1"}}, "ninjs-2.2"),
        ({"headline": "Kran", "$standard": {"version": "1.3"}}, "ninjs-1.6"),
        ({"title": "Kran", "$standard": {"version": ["1"]}}, "ninjs-1.6"),
    ],
)
def test_the_family_is_told_by_the_spelling_then_by_the_claim(
    fields: dict[str, Any], family: str
) -> None:
    read_story = _read(**fields)

    assert read_story.format == family
    assert not [note for note in read_story.story.repairs if "claims" in note]


def test_a_false_claim_is_noted_and_not_believed() -> None:
    read_story = _read(versionCreated="2024-06-03T12:00:00Z", standard={"version": "2.2"})

    assert read_story.format == "ninjs-3.1"
    assert "claims to be ninjs 2.x, is spelled as ninjs-3.1" in read_story.story.repairs


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"headlines": [{"value": 7}]}, "/headlines/0/value"),
        ({"headlines": ["Kran"]}, "/headlines/0"),
        ({"headlines": "Kran"}, "/headlines"),
        ({"headline": {}}, "/headline"),
        ({"body_text": ["Kran"]}, "/body_text"),
        ({"versionCreated": "gestern"}, "/versionCreated"),
        ({"versioncreated": 1717416000}, "/versioncreated"),
        ({"embargoed": "2024-06-03T12:00:00"}, "/embargoed"),
        ({"embargoedUntil": "2024-06-03"}, "/embargoedUntil"),
        ({"urgency": "dringend"}, "/urgency"),
        ({"urgency": True}, "/urgency"),
        ({"version": 1.5}, "/version"),
        ({"version": []}, "/version"),
        ({"version": True}, "/version"),
        ({"subject": [{"name": "a"}, {"code": 4}]}, "/subject/1/code"),
        ({"associations": {"a/b~": {"type": 4}}}, "/associations/a~1b~0/type"),
        (
            {"associations": {"a": {"type": "picture", "renditions": 4}}},
            "/associations/a/renditions",
        ),
        ({"keywords": [4]}, "/keywords"),
        ({"pubStatus": "usable", "pubstatus": "canceled"}, "/pubstatus"),
        ({"signal": 4}, "/signal"),
    ],
)
def test_a_wrong_type_is_named_by_its_json_pointer(fields: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Unreadable) as fault:
        _read(**fields)

    assert fault.value.where == pointer
    assert str(fault.value) == f"{pointer}: {fault.value.why}"


@pytest.mark.parametrize("source", ["{}", '{"uri": null}', '{"uri": "  "}'])
def test_a_story_without_an_id_is_unreadable(source: str) -> None:
    with pytest.raises(Unreadable, match=r"^/uri: a story needs its uri$"):
        read(source.encode(), content_type="application/json", received_at=NOW)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        (6, 6),
        ("6", 6),
        (0, 0),
        ("007", 7),
        (2.0, 2),
        ("1.2", "1.2"),
        ("²", "²"),
        ("rev-3", "rev-3"),
        (None, None),
        ("", None),
        (10**30, str(10**30)),
    ],
)
def test_a_version_is_a_number_where_it_is_digits(version: object, expected: object) -> None:
    story = _read(version=version).story

    assert story.agency_version == expected
    assert type(story.agency_version) is type(expected)


@pytest.mark.parametrize(
    ("word", "status", "notes"),
    [
        ("usable", Status.USABLE, 0),
        ("USABLE", Status.USABLE, 0),
        (None, Status.USABLE, 0),
        ("Withheld", Status.WITHHELD, 0),
        ("stat:canceled", Status.CANCELED, 0),
        ("cancelled", Status.CANCELED, 1),
        ("withdrawn", Status.CANCELED, 1),
        ("embargoed", Status.WITHHELD, 1),
        ("useable", Status.WITHHELD, 1),
    ],
)
def test_a_status_is_read_in_any_case_and_an_unknown_one_withholds(
    word: str | None, status: Status, notes: int
) -> None:
    story = _read(pubstatus=word, headline="Kran").story

    assert story.status is status
    assert len(story.repairs) == notes


def test_a_time_without_an_offset_is_berlins_and_noted() -> None:
    story = _read(versioncreated="2024-06-03T10:00:00", headline="Kran").story

    assert story.version_created == datetime(2024, 6, 3, 8, tzinfo=UTC)
    assert story.repairs == ("/versioncreated: no offset, read as Europe/Berlin",)


def test_of_two_embargoes_the_later_holds() -> None:
    story = _read(
        embargoed="2024-06-03T10:00:00Z", embargoedUntil="2024-06-03T14:00:00+02:00"
    ).story

    assert story.embargoed == datetime(2024, 6, 3, 14, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("fields", "headline", "instead"),
    [
        ({"title": "Titel", "body_text": "Satz."}, "Titel", "title"),
        (
            {"body_text": "Ort (SID) - Am 9. Mai kam er. Dann ging er."},
            "Am 9. Mai kam er.",
            "first sentence",
        ),
        ({"slugline": "kran-kippt"}, "kran-kippt", "slug"),
    ],
)
def test_a_missing_headline_is_replaced_and_noted(
    fields: dict[str, Any], headline: str, instead: str
) -> None:
    story = _read(**fields).story

    assert story.headline == headline
    assert story.repairs == (f"no headline: the {instead} stands in",)


def test_a_kill_with_nothing_but_its_id_is_read() -> None:
    story = _read(pubStatus="canceled", version=3).story

    assert (story.story_id, story.status, story.headline) == ("urn:example:1", Status.CANCELED, "")


@pytest.mark.parametrize(
    "entry",
    [
        {"code": "medtop:20001065"},
        {"uri": "http://cv.iptc.org/newscodes/mediatopic/20001065"},
        {"uri": "https://cv.iptc.org/newscodes/mediatopic/20001065/"},
        {"qcode": "medtop:20001065"},
        {"literal": "medtop:20001065"},
        {"scheme": "http://cv.iptc.org/newscodes/mediatopic/", "code": "20001065"},
        {"code": "medtop:20001065", "literal": "anderes"},
    ],
)
def test_a_media_topic_is_found_however_it_is_written(entry: dict[str, str]) -> None:
    story = _read(subjects=[{**entry, "name": "Rasenschach"}]).story

    assert story.subjects == (Subject(code="medtop:20001065", name="Rasenschach"),)


@pytest.mark.parametrize(
    ("fields", "publishable"),
    [
        ({"headline": "Kran kippt"}, True),
        ({"headline": "Test: Kopfhörer im Vergleich"}, True),
        ({"headline": "Testspiel endet ohne Tor"}, True),
        ({"headline": "(Achtung - Planungshinweis) Texte bleiben aktuell"}, False),
        ({"headline": "dpa-Tagesvorschau für Montag"}, False),
        ({"headline": "Labwire-Testartikel 7"}, False),
        ({"headline": "KILL KILL KILL hfd 0123"}, False),
        ({"profile": "Test"}, False),
        ({"profile": "Standard"}, True),
        ({"genre": [{"name": "Media Advisory"}]}, False),
        ({"genres": [{"uri": "http://cv.iptc.org/newscodes/genre/Daybook"}]}, False),
        ({"genres": [{"name": "Interview"}]}, True),
        ({"signal": "sig:test"}, False),
        ({"type": "planning"}, False),
        ({"eventDetails": {}}, False),
    ],
)
def test_tests_advisories_and_diaries_are_not_publishable(
    fields: dict[str, Any],
    publishable: bool,  # noqa: FBT001 - the answer itself
) -> None:
    assert _read(**fields).story.publishable is publishable


def test_plain_text_goes_before_markup_and_main_before_side_text() -> None:
    bodies = [
        {"role": "sidebar", "contentType": "text/plain", "value": "Kasten"},
        {"role": "xhtml", "contentType": "text/html", "value": "<p>Markup</p>"},
        {"role": "text", "contentType": "text/plain", "value": "Haupttext"},
    ]

    assert _read(bodies=bodies).story.body_text == "Haupttext"
    assert _read(bodies=bodies[:2]).story.body_text == "Markup"


def test_markup_that_claims_to_be_plain_text_is_read_as_markup() -> None:
    story = _read(body_text="<p>Erster &amp; letzter.</p><p>Zweiter.</p>").story

    assert story.body_text == "Erster & letzter.\n\nZweiter."


@pytest.mark.parametrize(
    ("fields", "credit"),
    [
        ({"body_text": "Ort (dpa/bb) - Text.", "infosource": [{"name": "SID"}]}, "dpa"),
        ({"body_text": "Text.", "infosource": [{"name": "SID"}], "copyrightholder": "X"}, "SID"),
        ({"body_text": "Text.", "copyrightholder": "HFD"}, "HFD"),
        ({"body_text": "Text."}, None),
    ],
)
def test_the_credit_is_the_copys_own_then_the_sources_then_the_holders(
    fields: dict[str, Any], credit: str | None
) -> None:
    assert _read(**fields).story.credit == credit


def test_escaped_control_characters_are_removed_and_noted() -> None:
    story = _read(headline="Kr\u0000an", body_text="a\bb\nc").story

    assert (story.headline, story.body_text) == ("Kran", "ab\n\nc")
    assert story.repairs == ("control characters removed",)


def test_a_backslash_before_a_u_is_left_alone() -> None:
    story = _read(headline="C:\\u0041", body_text="Text").story

    assert story.headline == "C:\\u0041"
    assert story.repairs == ()


@pytest.mark.parametrize(
    ("fields", "story_id", "version"),
    [
        (
            {"uri": "NTB5df9281a-a270-4dc5-a618-869bbc3bbca7_47"},
            "NTB5df9281a-a270-4dc5-a618-869bbc3bbca7",
            47,
        ),
        ({"uri": "ANPX-101218-041-v2", "version": "1"}, "ANPX-101218-041", 2),
        (
            {"uri": None, "guid": "tag:localhost:2017:7ca0", "version": "4"},
            "tag:localhost:2017:7ca0",
            4,
        ),
        ({"guid": "tag:localhost:2017:7ca0"}, "urn:example:1", None),
    ],
)
def test_a_version_within_the_uri_is_cut_and_a_guid_stands_in(
    fields: dict[str, Any], story_id: str, version: int | None
) -> None:
    story = _read(**fields).story

    assert (story.story_id, story.agency_version) == (story_id, version)


@pytest.mark.parametrize(
    ("fields", "signal"),
    [
        ({"ednote": "BERICHTIGUNG: drei statt vier"}, "sig:correction"),
        ({"edNote": "Eds: CORRECTS: three"}, "sig:correction"),
        ({"headline": "UPDATE 2-Crane tips"}, "sig:update"),
        ({"headline": "UPDATE 2-Crane", "signal": "sig:repeat"}, "sig:repeat"),
        ({"headline": "CORRECTED-Crane", "signal": "sig:update"}, "sig:correction"),
        ({"ednote": "Noe utvidet."}, None),
    ],
)
def test_headline_and_note_tell_the_kind_of_version_too(
    fields: dict[str, Any], signal: str | None
) -> None:
    assert _read(**fields).story.signal == signal


@pytest.mark.parametrize(
    "fields",
    [
        {"descriptions": [{"role": "correction", "value": "Es war\nein Kran."}]},
        {"description_correction": "Es war\nein Kran."},
    ],
)
def test_a_description_of_the_correction_is_its_note_and_no_body(fields: dict[str, Any]) -> None:
    story = _read(headline="Kran", **fields).story

    assert story.correction_note == "Es war ein Kran."
    assert story.signal == "sig:correction"
    assert (story.body_text, story.repairs) == ("", ())


def test_a_kill_in_the_headline_cancels() -> None:
    assert _read(headline="KILL: Crane tips").story.status is Status.CANCELED


def test_the_ninjs_of_superdesk_is_read_with_its_own_fields() -> None:
    story = _read(
        evolvedfrom="tag:localhost:2017:old",
        source="Reuters",
        priority=2,
        headline="Kran",
        body_html="<p>Ein Kran.</p>",
        service=[{"code": "f", "name": "Finance"}],
        extra={"a": 1},
        located="Singapur",
    ).story

    assert story.family_id == "tag:localhost:2017:old"
    assert (story.credit, story.urgency) == ("Reuters", 2)
    assert story.body_text == "Ein Kran."


def test_the_ninjs_of_fingerpost_is_read_with_its_own_fields() -> None:
    story = _read(
        bodyText="<p>Ein Kran.</p><p>Kippt.</p>",
        slug="KRAN/",
        status="canceled",
        firstVersion="2024-06-03T10:00:00Z",
        subjects={"code": ["iptccat:a", "medtop:20001065"]},
        usage="Nur Druck",
        keywords="Kran",
        **{"source-feed": "AFP"},
    ).story

    assert story.body_text == "Ein Kran.\n\nKippt."
    assert (story.slug, story.credit, story.status) == ("KRAN/", "AFP", Status.CANCELED)
    assert story.first_created == datetime(2024, 6, 3, 10, tzinfo=UTC)
    assert [subject.code for subject in story.subjects] == ["iptccat:a", "medtop:20001065"]
    assert (story.usage_terms, story.keywords) == ("Nur Druck", ("Kran",))


def test_an_agencys_clock_dates_times_without_offset() -> None:
    story = _read(copyrightholder="PA", versioncreated="2024-06-03T10:00:00").story

    assert story.version_created == datetime(2024, 6, 3, 9, tzinfo=UTC)
    assert "/versioncreated: no offset, read as Europe/London" in story.repairs


def test_an_advisory_is_not_for_partners() -> None:
    assert not _read(type="advisory").story.publishable


def test_of_a_lump_of_text_and_a_rendering_with_paragraphs_the_paragraphs_are_taken() -> None:
    found = _read(body_text="Eins. Zwei.", body_xhtml="<p>Eins.</p><p>Zwei.</p>")

    assert found.story.body_text == "Eins.\n\nZwei."


def test_the_head_that_a_page_repeats_above_its_text_is_left_out() -> None:
    page = (
        "<html><body><h1>Kran kippt</h1><div class='dat'><span>Hafen</span>TT</div><p>Eins.</p>"
        '<p>Zwei.</p><div class="byline">Eva Muster</div></body></html>'
    )

    found = _read(
        headline="Kran kippt", body_text="Kran kippt\n\nHafen TT\n\nEins.", body_html5=page
    )

    assert found.story.body_text == "Eins.\n\nZwei."


def test_rich_text_has_the_paragraphs_that_the_main_body_lacks() -> None:
    found = _read(body_main="Eins. Zwei.", body_richtext="<p>Eins.</p> <p>Zwei.</p>")

    assert found.story.body_text == "Eins.\n\nZwei."


def test_headlines_and_bodies_under_the_names_of_one_are_read() -> None:
    headline = [{"name": "test", "value": "Probe"}, {"name": "main", "value": "Kran kippt"}]

    story = _read(headline=headline, body=[{"name": "text", "value": "Eins."}]).story

    assert (story.headline, story.body_text) == ("Kran kippt", "Eins.")


@pytest.mark.parametrize(
    "answer", [{"hits": []}, {"data": {"search": {"items": []}}}, {"_items": []}, {"item": []}]
)
def test_stories_are_taken_out_of_what_services_answer(answer: dict[str, Any]) -> None:
    inner: Any = answer
    while isinstance(inner, dict):
        inner = next(iter(inner.values()))
    inner.append({"uri": "urn:example:1", "headline": "Kran kippt"})

    [found] = read(json.dumps(answer).encode(), content_type=None, received_at=NOW)

    assert (found.story.story_id, found.story.headline) == ("urn:example:1", "Kran kippt")


def test_a_story_that_replaces_another_is_of_its_family() -> None:
    found = _read(replacing=["http://tt.se/media/text/240603-kran1"])

    assert found.story.family_id == "http://tt.se/media/text/240603-kran1"


def test_a_time_with_dots_for_colons_is_read() -> None:
    found = _read(versioncreated="2013-06-12T15:29.05.00Z")

    assert found.story.version_created == datetime(2013, 6, 12, 15, 29, 5, tzinfo=UTC)


def _read(**fields: object) -> ReadStory:
    body = json.dumps({"uri": "urn:example:1", **fields}).encode()
    [read_story] = read(body, content_type="application/json", received_at=NOW)
    return read_story
