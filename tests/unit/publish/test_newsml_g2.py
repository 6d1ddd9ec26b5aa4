from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from services.publish.formats import Profile, render
from shared.events import Label, Labels, Lane, Revision
from shared.story import Dateline, Picture, Status, Story, Subject

SUMMER = timezone(timedelta(hours=2))
CREATED = datetime(2024, 5, 1, 13, tzinfo=SUMMER)
LATER = datetime(2024, 5, 2, 8, tzinfo=UTC)
RECEIVED = datetime(2024, 12, 1, 8, 0, tzinfo=UTC)
STORY = Story(
    story_id="urn:hafen:1",
    first_created=datetime(2024, 5, 1, 12, tzinfo=SUMMER),
    version_created=CREATED,
    signal="sig:update",
    urgency=3,
    embargoed=LATER,
    expires=datetime(2024, 6, 1, tzinfo=UTC),
    language="de",
    headline="Kran & Kai",
    kicker="Hafen",
    slug="kran",
    dateline=Dateline(place="Emden", credit="HFD"),
    credit="HFD",
    byline="Von Jo Beispiel",
    teaser="Rot ist er.",
    pictures=(Picture(caption="Am <Kai>", credit="Möwe", href="https://bilder.example/1?a=1&b=2"),),
    body_text="Seit Sonntag\nsteht er.\n\nEr ist rot.",
    subjects=(Subject(code="hfd:kran", name="Kran"), Subject(name="Kai")),
    keywords=("Hafen",),
    copyright_notice="Copyright 2024, Hafendienst",
    usage_terms="Nur im Hafen",
    ed_note="Kontakt: Jo Beispiel, 0491 5550123",
)
TAGS = Labels(
    section=Label(name="Wirtschaft", code="medtop:04000000", score=0.456),
    topics=(Label(name="Schifffahrt", score=0.9),),
)
ITEM = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2"'
    ' standardversion="2.35" conformance="power" guid="urn:hafen:1" version="2" xml:lang="de">'
    '<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"/>'
    '<catalog><scheme alias="depesche" uri="urn:depesche:scheme:depesche:"/>'
    '<scheme alias="dpaednoterole" uri="urn:depesche:scheme:dpaednoterole:"/>'
    '<scheme alias="hfd" uri="urn:depesche:scheme:hfd:"/></catalog>'
    '<rightsInfo><copyrightHolder literal="HFD"/>'
    "<copyrightNotice>Copyright 2024, Hafendienst</copyrightNotice>"
    "<usageTerms>Nur im Hafen</usageTerms></rightsInfo>"
    '<itemMeta><itemClass qcode="ninat:text"/><provider literal="HFD"/>'
    "<versionCreated>2024-05-01T13:00:00+02:00</versionCreated>"
    "<firstCreated>2024-05-01T12:00:00+02:00</firstCreated>"
    "<embargoed>2024-05-02T08:00:00+00:00</embargoed>"
    '<pubStatus qcode="stat:usable"/><signal qcode="sig:update"/>'
    "<expires>2024-06-01T00:00:00+00:00</expires>"
    '<link rel="irel:seeAlso" residref="urn:hafen:1#picture-1"'
    ' href="https://bilder.example/1?a=1&amp;b=2"><itemClass qcode="ninat:picture"/>'
    '<description role="drol:caption">Am &lt;Kai&gt;</description>'
    "<creditline>Möwe</creditline></link></itemMeta>"
    "<contentMeta><urgency>3</urgency><located><name>Emden</name></located>"
    '<infoSource literal="HFD"/><language tag="de"/>'
    '<subject qcode="medtop:04000000" creator="depesche:tagger" why="depesche:section"'
    ' confidence="46"><name>Wirtschaft</name></subject>'
    '<subject literal="Schifffahrt" creator="depesche:tagger" why="depesche:topic"'
    ' confidence="90"><name>Schifffahrt</name></subject>'
    '<subject qcode="hfd:kran"><name>Kran</name></subject>'
    '<subject literal="Kai"><name>Kai</name></subject>'
    "<slugline>kran</slugline><headline>Kran &amp; Kai</headline>"
    '<headline role="depesche:kicker">Hafen</headline><dateline>Emden (HFD)</dateline>'
    "<by>Von Jo Beispiel</by><creditline>HFD</creditline><keyword>Hafen</keyword>"
    '<description role="drol:summary">Rot ist er.</description></contentMeta>'
    '<contentSet><inlineXML contenttype="application/xhtml+xml">'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Kran &amp; Kai</title></head>'
    "<body><p>Seit Sonntag<br/>steht er.</p><p>Er ist rot.</p></body></html>"
    "</inlineXML></contentSet></newsItem>\n"
)


def written(
    story: Story = STORY, status: Status = Status.USABLE, *, tags: Labels = TAGS, version: int = 2
) -> str:
    revision = Revision(
        story_id=story.story_id,
        version=version,
        status=status,
        lane=Lane.ROUTINE,
        desk="hafen",
        received_at=RECEIVED,
    )
    return render(story, revision, tags, Profile("newsml-g2")).body.decode()


def changed(**fields: object) -> Story:
    return STORY.model_copy(update=fields)


def found(xml: str, path: str) -> list[str]:
    names = {"g": "http://iptc.org/std/nar/2006-10-01/"}
    tree = etree.fromstring(xml.encode())
    return [str(value) for value in etree.XPath(path, namespaces=names)(tree)]


def test_an_item_says_all_that_is_told_of_a_story() -> None:
    assert written() == ITEM


@pytest.mark.parametrize("status", [Status.CANCELED, Status.WITHHELD])
def test_a_recalled_story_has_no_content_and_no_pictures(status: Status) -> None:
    xml = written(changed(correction_note="Er ist rot."), status)

    assert found(xml, "//g:pubStatus/@qcode") == [f"stat:{status.value}"]
    assert found(xml, "/g:newsItem/@guid | /g:newsItem/@version") == ["urn:hafen:1", "2"]
    assert found(xml, "//g:headline[1]/text()") == ["Kran & Kai"]
    for name in ("contentSet", "link", "edNote", "description"):
        assert found(xml, f"//g:{name}") == []


def test_a_correction_carries_its_note_for_readers_in_its_role() -> None:
    xml = written(changed(signal="sig:correction", correction_note="Er ist rot."))

    assert found(xml, "//g:signal/@qcode") == ["sig:correction"]
    assert found(xml, "//g:edNote/text()") == ["Er ist rot."]
    assert found(xml, "//g:edNote/@role") == ["dpaednoterole:correction_consumerready"]


def test_without_such_a_note_there_is_no_note_at_all() -> None:
    assert found(written(), "//g:edNote") == []


@pytest.mark.parametrize(
    ("signal", "attribute", "value"),
    [("repeat", "qcode", "sig:repeat"), ("apsig:newscontent", "literal", "apsig:newscontent")],
)
def test_a_signal_is_iptcs_or_told_as_it_came(signal: str, attribute: str, value: str) -> None:
    assert found(written(changed(signal=signal)), f"//g:signal/@{attribute}") == [value]


def test_a_story_without_an_embargo_has_no_such_element() -> None:
    assert found(written(changed(embargoed=None)), "//g:embargoed") == []


@pytest.mark.parametrize(
    ("code", "attribute"),
    [
        ("medtop:20000001", "qcode"),
        ("https://hafen.example/1", "uri"),
        ("urn:hafen:kran", "uri"),
        ("Kran am Kai", "literal"),
        ("https://hafen.example/Kran am Kai", "literal"),
    ],
)
def test_a_code_is_told_as_what_it_is(code: str, attribute: str) -> None:
    xml = written(changed(subjects=(Subject(code=code, name="Kran"),)))

    assert found(xml, f"//g:subject[g:name='Kran']/@{attribute}") == [code]


def test_iptcs_own_schemes_are_not_declared_anew() -> None:
    codes = ("medtop:20000001", "subj:15000000", "sig:update")
    xml = written(changed(subjects=tuple(Subject(code=code) for code in codes)))

    assert found(xml, "//g:scheme/@alias") == ["depesche", "dpaednoterole"]


def test_every_prefix_that_is_used_is_declared() -> None:
    xml = written(changed(correction_note="Er ist rot."))
    ours = set(found(xml, "//g:scheme/@alias"))
    iptcs = {"drol", "irel", "medtop", "ninat", "sig", "stat"}

    used = {
        value.partition(":")[0]
        for name in ("qcode", "role", "rel", "creator", "why")
        for value in found(xml, f"//@{name}")
    }

    assert used == ours | iptcs


def test_the_standard_counts_versions_from_one() -> None:
    assert found(written(version=0), "/g:newsItem/@version") == ["1"]


@pytest.mark.parametrize(("urgency", "told"), [(9, ["9"]), (10, []), (0, []), (None, [])])
def test_urgency_is_from_one_to_nine(urgency: int | None, told: list[str]) -> None:
    assert found(written(changed(urgency=urgency)), "//g:urgency/text()") == told


def test_what_is_no_language_tag_is_left_out() -> None:
    xml = written(changed(language="Platt & mehr"))

    assert found(xml, "//g:language") == found(xml, "/g:newsItem/@xml:lang") == []


def test_a_picture_without_a_usable_address_is_told_by_what_is_known_of_it() -> None:
    xml = written(changed(pictures=(Picture(), Picture(caption="Kai", href="kai.jpg"))))

    assert found(xml, "//g:link/@residref") == ["urn:hafen:1#picture-2"]
    assert found(xml, "//g:link/@href") == []
    assert found(xml, "//g:link/g:description/text()") == ["Kai"]


def test_a_story_without_text_has_no_content() -> None:
    assert found(written(changed(body_text="")), "//g:contentSet") == []


def test_without_a_credit_depesche_is_the_provider() -> None:
    xml = written(changed(credit=None, dateline=Dateline()))

    assert found(xml, "//g:provider/@literal") == ["Depesche"]
    assert found(xml, "//g:creditline[not(parent::g:link)]") == []


def test_an_id_with_odd_blanks_is_written_so_that_none_is_lost() -> None:
    ids = [
        found(written(changed(story_id=i)), "/g:newsItem/@guid") for i in ("a  b", "a b", "\x03")
    ]

    assert ids == [["urn:depesche:a%20%20b"], ["a b"], ["urn:depesche:%03"]]
