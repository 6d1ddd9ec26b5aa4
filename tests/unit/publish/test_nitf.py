from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from services.publish.formats import Profile, render
from shared.events import Label, Labels, Lane, Revision
from shared.story import Dateline, Picture, Status, Story, Subject

SUMMER = timezone(timedelta(hours=2))
ISSUED = datetime(2024, 5, 1, 12, tzinfo=SUMMER)
CREATED = datetime(2024, 5, 1, 13, tzinfo=SUMMER)
LATER = datetime(2024, 5, 2, 8, tzinfo=UTC)
RECEIVED = datetime(2024, 12, 1, 8, 0, tzinfo=UTC)
STORY = Story(
    story_id="urn:hafen:1",
    first_created=ISSUED,
    version_created=CREATED,
    urgency=3,
    language="de",
    headline="Kran & Kai",
    kicker="Hafen",
    slug="kran",
    dateline=Dateline(place="Emden", credit="HFD"),
    credit="HFD",
    byline="Von Jo Beispiel",
    pictures=(Picture(caption="Am <Kai>", credit="Möwe", href="https://bilder.example/1?a=1&b=2"),),
    body_text="Seit Sonntag\nsteht er.\n\nEr ist rot.",
    subjects=(Subject(code="hfd:kran", name="Kran"), Subject(name="Kai")),
    keywords=("Hafen", "Kran"),
    copyright_notice="Copyright 2024, Hafendienst",
    usage_terms="Nur im Hafen",
    ed_note="Kontakt: Jo Beispiel, 0491 5550123",
)
TAGS = Labels(
    section=Label(name="Wirtschaft", code="medtop:04000000", score=1.0),
    topics=(Label(name="Schifffahrt", code="medtop:20000001", score=0.9),),
)
HEAD = (
    "<title>Kran &amp; Kai</title>"
    "<tobject>"
    '<tobject.subject tobject.subject.ipr="IPTC" tobject.subject.refnum="04000000"'
    ' tobject.subject.type="Wirtschaft"/>'
    '<tobject.subject tobject.subject.ipr="IPTC" tobject.subject.refnum="20000001"'
    ' tobject.subject.matter="Schifffahrt"/>'
    '<tobject.subject tobject.subject.ipr="hfd" tobject.subject.refnum="kran"'
    ' tobject.subject.matter="Kran"/>'
    "</tobject>"
    '<docdata management-status="usable">'
    '<doc-id regsrc="HFD" id-string="urn:hafen:1"/>'
    '<urgency ed-urg="3"/>'
    '<date.issue norm="2024-05-01T12:00:00+02:00"/>'
    '<du-key version="2" key="kran"/>'
    '<doc.copyright year="2024" holder="HFD"/>'
    '<doc.rights limitations="Nur im Hafen"/>'
    '<key-list><keyword key="Hafen"/><keyword key="Kran"/></key-list>'
    '<identified-content><classifier type="subject">Kai</classifier></identified-content>'
    "</docdata>"
    '<revision-history norm="2024-05-01T13:00:00+02:00"/>'
)
BODY = (
    '<body.head><hedline><hl1>Kran &amp; Kai</hl1><hl2 class="kicker">Hafen</hl2></hedline>'
    "<rights>Copyright 2024, Hafendienst</rights>"
    "<byline>Von Jo Beispiel</byline>"
    "<distributor>HFD</distributor>"
    "<dateline><location>Emden</location></dateline>"
    "</body.head>"
    "<body.content><p>Seit Sonntag<br/>steht er.</p><p>Er ist rot.</p>"
    '<media media-type="image"><media-reference source="https://bilder.example/1?a=1&amp;b=2"/>'
    "<media-caption>Am &lt;Kai&gt;</media-caption><media-producer>Möwe</media-producer></media>"
    "</body.content>"
)


def written(story: Story = STORY, status: Status = Status.USABLE) -> str:
    revision = Revision(
        story_id=story.story_id,
        version=2,
        status=status,
        lane=Lane.ROUTINE,
        desk="hafen",
        received_at=RECEIVED,
    )
    return render(story, revision, TAGS, Profile("nitf")).body.decode()


def changed(**fields: object) -> Story:
    return STORY.model_copy(update=fields)


def found(xml: str, path: str) -> list[str]:
    names = {"n": "http://iptc.org/std/NITF/2006-10-18/"}
    tree = etree.fromstring(xml.encode())
    return [str(value) for value in etree.XPath(path, namespaces=names)(tree)]


def test_a_document_says_all_that_is_told_of_a_story() -> None:
    assert written() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/" version="-//IPTC//DTD NITF 3.6//EN"'
        ' change.date="September 11, 2009" change.time="12:26" baselang="de">'
        f"<head>{HEAD}</head><body>{BODY}</body></nitf>\n"
    )


def test_an_embargo_is_a_release_and_never_an_expiry() -> None:
    xml = written(changed(embargoed=LATER))

    assert found(xml, "//n:docdata/@management-status") == ["embargoed"]
    assert found(xml, "//n:date.release/@norm") == ["2024-05-02T08:00:00+00:00"]
    assert found(xml, "//n:date.expire/@norm") == []


def test_an_embargo_that_was_over_from_the_start_holds_nobody() -> None:
    xml = written(changed(embargoed=ISSUED))

    assert found(xml, "//n:docdata/@management-status") == ["usable"]
    assert found(xml, "//n:date.release/@norm") == ["2024-05-01T12:00:00+02:00"]


def test_an_expiry_is_no_release() -> None:
    xml = written(changed(expires=LATER))

    assert found(xml, "//n:date.expire/@norm") == ["2024-05-02T08:00:00+00:00"]
    assert found(xml, "//n:date.release/@norm") == []


@pytest.mark.parametrize("status", [Status.CANCELED, Status.WITHHELD])
def test_a_recalled_story_keeps_id_version_status_and_headline(status: Status) -> None:
    story = changed(embargoed=LATER, teaser="Rot ist er.", correction_note="Rot.")

    xml = written(story, status)

    assert found(xml, "//n:docdata/@management-status") == [status.value]
    assert found(xml, "//n:doc-id/@id-string") == ["urn:hafen:1"]
    assert found(xml, "//n:du-key/@version") == ["2"]
    assert found(xml, "//n:hl1/text()") == ["Kran & Kai"]
    for name in ("body.content", "media", "abstract", "note"):
        assert found(xml, f"//n:{name}//text()") == []


def test_a_correction_carries_its_note_for_readers() -> None:
    xml = written(changed(signal="sig:correction", correction_note="Berichtigung: Er ist rot."))

    assert found(xml, "//n:docdata/n:correction/@id-string") == ["urn:hafen:1"]
    assert found(xml, "//n:ed-msg/@msg-type") == ["correction"]
    assert found(xml, "//n:body.head/n:note/@type") == ["std"]
    assert found(xml, "//n:body.head/n:note//n:p/text()") == ["Berichtigung: Er ist rot."]


def test_a_repeat_says_so_and_is_no_correction() -> None:
    xml = written(changed(signal="sig:repeat"))

    assert found(xml, "//n:ed-msg/@msg-type") == ["repeat"]
    assert found(xml, "//n:docdata/n:correction/@id-string") == []


def test_the_first_version_needs_no_history() -> None:
    xml = written(changed(first_created=None, version_created=None))

    assert found(xml, "//n:date.issue/@norm") == ["2024-12-01T08:00:00+00:00"]
    assert found(xml, "//n:revision-history/@norm") == []


@pytest.mark.parametrize(("urgency", "told"), [(1, ["1"]), (9, ["8"]), (0, []), (None, [])])
def test_urgency_is_counted_to_eight(urgency: int | None, told: list[str]) -> None:
    assert found(written(changed(urgency=urgency)), "//n:urgency/@ed-urg") == told


@pytest.mark.parametrize(
    "code", ["Kran am Kai", "hfd:kran am kai", "hfd:", "https://hafen.example/1"]
)
def test_a_code_that_is_no_single_word_is_a_classifier(code: str) -> None:
    xml = written(changed(subjects=(Subject(code=code, name="Kran"),)))

    assert found(xml, "//n:classifier/@value") == [code]
    assert found(xml, "//n:classifier/text()") == ["Kran"]


def test_a_subject_is_told_once() -> None:
    xml = written(changed(subjects=(Subject(code="medtop:04000000", name="Wirtschaft"),)))

    assert found(xml, "//n:tobject.subject/@tobject.subject.refnum") == ["04000000", "20000001"]


def test_a_teaser_is_the_abstract() -> None:
    assert found(written(changed(teaser="Rot ist er.")), "//n:abstract/n:p/text()") == [
        "Rot ist er."
    ]


def test_a_character_that_xml_cannot_hold_is_shown_to_be_missing() -> None:
    xml = written(changed(headline="Kran\x02da", body_text="Eins\uffffzwei\x0bdrei"))

    assert found(xml, "//n:hl1/text()") == ["Kran\ufffdda"]
    assert found(xml, "//n:body.content/n:p/text()") == ["Eins\ufffdzwei drei"]


def test_a_time_that_xml_has_no_offset_for_is_told_in_utc() -> None:
    odd = datetime(2024, 5, 1, 12, tzinfo=timezone(timedelta(hours=15)))
    torn = datetime(2024, 5, 1, 12, tzinfo=timezone(timedelta(seconds=30)))

    times = [
        found(written(changed(expires=moment)), "//n:date.expire/@norm")[0]
        for moment in (odd, torn)
    ]

    assert times == ["2024-04-30T21:00:00+00:00", "2024-05-01T11:59:30+00:00"]
