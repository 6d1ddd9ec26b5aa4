import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from services.ingest.formats import ReadStory, Unreadable, read
from shared.story import Dateline, Picture, Status, Story, Subject

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
SUMMER = timezone(timedelta(hours=2))
URN = "urn:newsml:dpa.com:20090101:240603-99-123456"


def test_an_entry_is_read_field_by_field() -> None:
    found = _read(
        entry_id="abc123",
        version=2,
        version_created="2024-06-03T12:05:52+02:00",
        urgency=2,
        language="DE",
        kicker="Hafen",
        headline="Kran kippt",
        byline="Von Eva Muster, dpa",
        dateline="Hafenstadt (dpa/lno) - ",
        article_html="<section><p>Ein Kran kippte.</p><p>Niemand war da.</p></section>",
        creditline="dpa",
        copyrightnotice="Copyright 2024, dpa",
        usageterms="Nur mit Vertrag",
    )

    assert found == ReadStory(
        "digitalwires",
        Story(
            story_id=URN,
            agency_version=2,
            version_created=datetime(2024, 6, 3, 12, 5, 52, tzinfo=SUMMER),
            urgency=2,
            language="de",
            headline="Kran kippt",
            kicker="Hafen",
            dateline=Dateline(place="Hafenstadt", credit="dpa/lno"),
            credit="dpa",
            byline="Von Eva Muster, dpa",
            body_text="Hafenstadt (dpa/lno) - Ein Kran kippte.\n\nNiemand war da.",
            copyright_notice="Copyright 2024, dpa",
            usage_terms="Nur mit Vertrag",
        ),
        "abc123",
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        (None, Status.USABLE),
        ("usable", Status.USABLE),
        ("USABLE", Status.USABLE),
        ("canceled", Status.CANCELED),
        ("withheld", Status.WITHHELD),
        ("gesperrt", Status.WITHHELD),
    ],
)
def test_no_status_is_usable_and_an_unknown_one_withholds(word: str | None, status: Status) -> None:
    assert _story(pubstatus=word).status is status


@pytest.mark.parametrize(
    ("fields", "signal"),
    [
        ({}, None),
        ({"signal": "sig:update"}, "sig:update"),
        ({"signal": "repeat"}, "sig:repeat"),
        ({"signal": "sig:update", "ednotes": [("correction", "Im 2. Absatz")]}, "sig:correction"),
        ({"ednotes": [("correctionshort", "Zahl")]}, "sig:correction"),
        ({"ednotes": [("correction_consumerready", "Zahl")]}, "sig:correction"),
        ({"ednotes": [("editorialnote", "Foto folgt")]}, None),
        ({"headline": "BERICHTIGUNG: Kran kippt"}, "sig:correction"),
        ({"categories": [("signal", "correction", "sig:correction")]}, "sig:correction"),
        ({"categories": [("signal", "newscontent", "apsig:newscontent")]}, None),
    ],
)
def test_the_kind_of_version_is_decided_by_the_notes_too(
    fields: dict[str, Any], signal: str | None
) -> None:
    assert _story(**fields).signal == signal


def test_only_the_note_that_is_ready_for_readers_is_theirs() -> None:
    story = _story(
        ednotes=[
            ("correction", "Im 2. Absatz: drei (statt: vier)"),
            ("correction_consumerready", "In einer früheren Fassung stand vier."),
            ("dpacontacts", "Redaktion: Eva Muster, +49 000 0000"),
            ("closingline", "dpa xx yy"),
        ]
    )

    assert story.correction_note == "In einer früheren Fassung stand vier."
    assert story.ed_note == (
        "Im 2. Absatz: drei (statt: vier)\nRedaktion: Eva Muster, +49 000 0000\ndpa xx yy"
    )


def test_a_teaser_is_told_beside_the_text_it_stands_above() -> None:
    above = _story(teaser="Wer war es?", article_html="<p>Kran weg.</p>")
    instead = _story(teaser="Kran weg.", article_html=None)

    assert (above.teaser, above.body_text) == ("Wer war es?", "Kran weg.")
    assert (instead.teaser, instead.body_text) == (None, "Kran weg.")


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ({"role": "dpaednoterole:picture", "is_publishable": True}, "Foto Archiv"),
        ({"role": "dpaednoterole:picture", "is_publishable": False}, None),
        ({"role": "dpaednoterole:editorialnote", "is_publishable": True}, None),
    ],
)
def test_the_note_of_pictures_is_told_if_it_may_be_published(
    note: dict[str, Any], told: str | None
) -> None:
    body = json.dumps(_entry() | {"ednotes": [note | {"ednote": "Foto Archiv"}]}).encode()

    (found,) = read(body, content_type="application/json", received_at=NOW)

    assert found.story.picture_note == told


def test_the_notepad_stands_in_where_there_are_no_notes_by_role() -> None:
    story = _story(
        notepad={"public_html": "<h4>Orte</h4><ul><li>Kai 3</li></ul>", "nonpublic_html": None}
    )

    assert story.ed_note == "Orte\nKai 3"
    assert story.correction_note is None


@pytest.mark.parametrize(
    "fields",
    [
        {"categories": [("desk", "rs", "dpacat:rs")]},
        {"categories": [("desk", "dm", "dpacat:dm")]},
        {"desk_names": ["rs"]},
        {"categories": [("genre", "Vorschau", "dpatextgenre:32")]},
        {"ednotes": [("genrenote", "Planungshinweis")]},
        {"headline": "dpa-Tagesvorschau für Montag"},
        {"headline": "Folgende Lesestücke sind aktuell"},
        {"headline": "Labwire-Testartikel 7"},
        {"categories": [("signal", "test", "sig:test")]},
    ],
)
def test_diaries_advisories_and_tests_are_not_for_partners(fields: dict[str, Any]) -> None:
    assert not _story(**fields).publishable


def test_a_story_is_for_partners_whatever_its_genre_note() -> None:
    assert _story(ednotes=[("genrenote", "KORR-Bericht")]).publishable


def test_an_embargo_is_read_from_its_field_or_its_note() -> None:
    until = datetime(2024, 6, 4, 10, tzinfo=SUMMER)

    in_field = _story(embargoed="2024-06-04T10:00:00+02:00")
    in_note = _story(ednotes=[("embargo", "Sperrfrist 4. Juni 10.00 Uhr")])
    unclear = _story(ednotes=[("embargo", "bis zur Rede")])

    assert (in_field.embargoed, in_field.status) == (until, Status.USABLE)
    assert (in_note.embargoed, in_note.status) == (until, Status.USABLE)
    assert (unclear.embargoed, unclear.status) == (None, Status.WITHHELD)
    assert "embargo in a note: not understood, the story is withheld" in unclear.repairs


def test_what_a_story_is_about_is_kept_and_who_made_it_is_not() -> None:
    story = _story(
        categories=[
            ("dpasubject", "Gesundheit", "dpasubject:346"),
            ("dpasubject", "Gesellschaft", "medtop:20000768"),
            ("desk", "vm", "dpacat:vm"),
            ("genre", "Meldung", "dpatextgenre:1"),
            ("keyword", "Frauen", None),
            ("creator", "muster.eva", None),
            ("wire", "bdt", "dpasrv:bdt"),
            ("urgency", "3", "urgency:3"),
        ]
    )

    assert story.subjects == (
        Subject(code="dpasubject:346", name="Gesundheit"),
        Subject(code="medtop:20000768", name="Gesellschaft"),
        Subject(code="dpacat:vm", name="vm"),
        Subject(code="dpatextgenre:1", name="Meldung"),
    )
    assert story.keywords == ("Frauen",)


def test_copy_that_dpa_resells_is_credited_to_its_agency() -> None:
    story = _story(
        urn="urn:newsml:ap.org:20230101:cd1e",
        creditline="ASSOCIATED PRESS",
        categories=[("located", "Port City", None)],
    )

    assert story.credit == "AP"
    assert story.dateline.place == "Port City"
    assert story.story_id == "urn:newsml:ap.org:20230101:cd1e"


def test_pictures_come_by_rank_with_their_widest_file_and_never_recalled_ones() -> None:
    small = {"url": "https://example.org/s.jpg", "width": 100}
    wide = {"url": "https://example.org/w.jpg", "width": 900}
    story = _story(
        associations=[
            {"type": "image", "rank": 2, "caption": "Zweites", "creditline": "Udo/dpa"},
            {"type": "image", "rank": 1, "headline": "Erstes", "renditions": [small, wide, small]},
            {"type": "image", "rank": 3, "pubstatus": "canceled"},
            {"type": "video", "rank": 0},
        ]
    )

    assert story.pictures == (
        Picture(caption="Erstes", href="https://example.org/w.jpg"),
        Picture(caption="Zweites", credit="Udo/dpa"),
    )


def test_lists_are_lines_and_two_line_breaks_part_paragraphs() -> None:
    markup = "<p>Eins<br/>Zwei<br/><br/>Drei</p><ul><li>Vier</li><li>Fünf</li></ul><p>Sechs</p>"

    story = _story(article_html=markup)

    assert story.body_text == "Eins\nZwei\n\nDrei\n\n* Vier\n* Fünf\n\nSechs"


def test_a_missing_headline_or_body_is_made_good_and_noted() -> None:
    alert = _story(headline=None, dateline="Hafenstadt (dpa) - ", article_html="<p>Kran weg.</p>")
    short = _story(article_html=None, teaser="Ein Kran kippte.")
    bare = _story(headline=None)

    assert alert.headline == "Kran weg."
    assert "no headline: the first sentence stands in" in alert.repairs
    assert short.body_text == "Ein Kran kippte."
    assert "no body: the teaser stands in" in short.repairs
    assert (bare.headline, "no headline" in bare.repairs) == ("", True)


def test_no_urgency_is_dpas_three() -> None:
    story = _story(urgency=None)

    assert story.urgency == 3
    assert "no urgency: dpa's 3 stands in" in story.repairs


@pytest.mark.parametrize("wrapping", ["wireq", "array", "lines"])
def test_several_entries_are_several_stories_and_pictures_are_none(wrapping: str) -> None:
    entries = [
        _entry(),
        _entry(type="image"),
        _entry(urn=f"{URN}7", _wireq_receipt="r", version=0),
    ]
    bodies = {
        "wireq": json.dumps({"entries": entries}),
        "array": json.dumps(entries),
        "lines": "\n".join(map(json.dumps, entries)),
    }

    stories = read(bodies[wrapping].encode(), content_type=None, received_at=NOW)

    assert [one.story.story_id for one in stories] == [URN, f"{URN}7"]
    assert [one.story.agency_version for one in stories] == [None, 0]


def test_a_picture_alone_is_a_story_of_its_caption() -> None:
    story = _story(
        article_html=None,
        associations=[{"type": "image", "caption": "Der Kran", "creditline": "Udo/AP/dpa"}],
        descriptions=[{"role": "drol:caption", "description": "Der Kran"}],
        creditline="Udo Beispiel/AP/dpa",
    )

    assert (story.body_text, story.credit) == ("Der Kran", "dpa")
    assert "no body: the caption stands in" in story.repairs


def test_an_agency_without_a_row_is_credited_as_it_says() -> None:
    story = _story(creditline="Hafenbote", categories=[("provider", "dpa", "dnlprov:dpa")])

    assert story.credit == "Hafenbote"
    assert _story(categories=[("provider", "dpa", "dnlprov:dpa")]).credit == "dpa"


def test_a_number_at_the_end_of_an_urn_of_dpa_is_no_version() -> None:
    story = _story(urn="urn:newsml:dpa.com:20090101:dsv:text:1007", version=33)

    assert (story.story_id, story.agency_version) == (
        "urn:newsml:dpa.com:20090101:dsv:text:1007",
        33,
    )


def test_a_table_is_a_line_for_each_row_even_within_a_figure() -> None:
    table = (
        '<figure class="table"><table><tr><th colspan="2">Samstag</th></tr><tr><td>Aue &amp; Enz</td>'
        "<td><p>2:1</p><p>(1:0)</p></td></tr></table></figure>"
    )

    assert _story(article_html=f"<p>Vor</p>{table}<p>Nach</p>").body_text == (
        "Vor\n\nSamstag\nAue & Enz | 2:1 (1:0)\n\nNach"
    )


def test_a_dateline_within_the_article_is_not_written_twice() -> None:
    html = '<p><span class="dateline">Aue <span>(dpa)</span> - </span>Ein Kran.</p>'

    story = _story(article_html=html, dateline="Aue (dpa) - ", keyword_names=[None])

    assert story.body_text == "Aue (dpa) - Ein Kran."


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"urn": None, "format": "digitalwires@1"}, "/urn"),
        ({"ednotes": [7]}, "/ednotes/0"),
        ({"notepad": []}, "/notepad"),
        ({"notepad": {"public_html": 7}}, "/notepad/public_html"),
        ({"version_created": "gestern"}, "/version_created"),
        ({"categories": {"a": 7}}, "/categories/a"),
        ({"article_html": []}, "/article_html"),
    ],
)
def test_a_wrong_type_is_named_by_its_pointer(fields: dict[str, Any], where: str) -> None:
    body = json.dumps({"urn": URN, "entry_id": "a", **fields}).encode()

    with pytest.raises(Unreadable) as fault:
        read(body, content_type=None, received_at=NOW)

    assert fault.value.where == where


def test_numbered_lists_are_numbered_and_others_marked() -> None:
    html = "<p>A</p><ol><li>eins</li><li>zwei</li></ol><ul><li>drei</li></ul>"

    assert _story(article_html=html).body_text == "A\n\n1. eins\n2. zwei\n\n* drei"


def _entry(**fields: Any) -> dict[str, Any]:
    notes = [
        {"role": f"dpaednoterole:{role}", "ednote": text}
        for role, text in fields.pop("ednotes", [])
    ]
    categories = [
        {"type": f"dnltype:{kind}", "name": name, "qcode": code}
        for kind, name, code in fields.pop("categories", [])
    ]
    base = {"urn": URN, "entry_id": "e1", "headline": "Kran kippt", "urgency": 4}
    return {**base, "ednotes": notes, "categories": categories, **fields}


def _read(**fields: Any) -> ReadStory:
    body = json.dumps(_entry(**fields)).encode()
    [story] = read(body, content_type="application/json", received_at=NOW)
    return story


def _story(**fields: Any) -> Story:
    return _read(**fields).story
