"""What NITF says in its many spellings, and which rule decides."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from services.ingest.formats import read
from shared.story import Dateline, Status, Story, Subject

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
UUID = "0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d"
TEXT = "<p>Hafenstadt (SID) - Ein Kran ist gekippt. Mehr folgt.</p>"


@pytest.mark.parametrize(
    "source",
    [
        "<nitf><body><body.content><p>Ein Kran.</p></body.content></body></nitf>",
        "<NITF><BODY><BODY.CONTENT><P>Ein Kran.</P></BODY.CONTENT></BODY></NITF>",
        (
            '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content><p>Ein Kran.</p>'
            "</body.content></body></nitf>"
        ),
        '<n:nitf xmlns:n="urn:x"><n:body><n:body.content><n:p>Ein Kran.</n:p></n:body.content></n:body></n:nitf>',
        (
            '<!DOCTYPE nitf SYSTEM "nitf-3-3.dtd">\n<nitf><body><body.content><p>Ein Kran.</p></body.content>'
            "</body></nitf>"
        ),
        "<nitf><body><p>Ein Kran.</p></body></nitf>",
    ],
)
def test_the_case_the_namespace_and_the_doctype_make_no_difference(source: str) -> None:
    story = _read(source)

    assert story.body_text == "Ein Kran."
    assert story.headline == "Ein Kran."


@pytest.mark.parametrize(
    ("docdata", "story_id", "version"),
    [
        ('<doc-id id-string="urn:example:7"/>', "urn:example:7", None),
        (f'<doc-id id-string="{UUID}HHH-13-1"/>', f"{UUID}HHH", 13),
        (f'<doc-id id-string="NTB{UUID}_00" regsrc="NTB"/>', f"NTB{UUID}", 0),
        (
            f'<doc-id id-string="NTB{UUID}_47" regsrc="NTB"/><du-key version="48"/>',
            f"NTB{UUID}",
            47,
        ),
        ('<doc-id id-string="20240603:RTZ:8883:2" regsrc="ritzau.dk"/>', "20240603:RTZ:8883", 2),
        ('<doc-id id-string="urn:example:7"/><du-key key="kran" version="3"/>', "urn:example:7", 3),
        ('<doc-id/><doc-id id-string="urn:example:7"/>', "urn:example:7", None),
        (f'<doc-id id-string="partner-{UUID}_47" regsrc="NTB"/>', f"partner-{UUID}", 47),
        (f'<doc-id id-string="partner-{UUID}_47" regsrc="X"/>', f"partner-{UUID}_47", None),
    ],
)
def test_the_doc_id_without_its_revision_is_the_story(
    docdata: str, story_id: str, version: int | None
) -> None:
    story = _read(_nitf(docdata))

    assert (story.story_id, story.agency_version) == (story_id, version)


def test_meta_tags_tell_revision_and_language_where_nothing_else_does() -> None:
    metas = (
        '<meta name="article-revision" content="0"/><meta name="article-language" content="EN"/>'
    )

    story = _read(_nitf('<doc-id id-string="8604113" regsrc="Wire"/>', head=metas))

    assert (story.story_id, story.agency_version, story.language) == ("8604113", 0, "en")


def test_the_comment_on_the_latest_revision_is_a_note() -> None:
    revisions = (
        '<revision-history norm="20240603T110000Z" comment="ADDS quotes"/>'
        '<revision-history norm="20240603T100000Z" comment="CORRECTS name"/>'
    )

    story = _read(_nitf(revisions))

    assert (story.ed_note, story.signal) == ("ADDS quotes", "sig:update")


def test_without_a_doc_id_one_is_made_that_stays_the_same() -> None:
    docdata = '<doc-id regsrc="AP"/><date.issue norm="20240603T191044Z"/>'

    first, second = _read(_nitf(docdata)), _read(_nitf(docdata))

    assert first.story_id == second.story_id
    assert first.story_id.startswith("urn:depesche:sid:2024-06-03:")
    assert "no doc-id: an id made from agency, day and headline" in first.repairs


@pytest.mark.parametrize(
    ("attributes", "docdata", "status", "embargoed"),
    [
        ("", "", Status.USABLE, None),
        ('management-status="usable"', "", Status.USABLE, None),
        ('management-status="Canceled"', "", Status.CANCELED, None),
        ('management-status="killed"', "", Status.CANCELED, None),
        ('management-status="withheld"', "", Status.WITHHELD, None),
        ('management-status="gesperrt"', "", Status.WITHHELD, None),
        (
            'management-status="embargoed"',
            '<date.release norm="20240605T000100+0100"/>',
            Status.USABLE,
            datetime(2024, 6, 5, 0, 1, tzinfo=timezone(timedelta(hours=1))),
        ),
        (
            'management-status="embargoed"',
            '<date.expire norm="20240605T000100+0100"/>',
            Status.WITHHELD,
            None,
        ),
        (
            'management-status="embargoed"',
            '<date.release norm="bald"/>',
            Status.WITHHELD,
            None,
        ),
        (
            'management-status="embargoed"',
            '<ed-msg info="Embargoed to 0001 Wednesday June 05"/>',
            Status.USABLE,
            datetime(2024, 6, 5, 0, 1, tzinfo=timezone(timedelta(hours=2))),
        ),
        (
            "",
            '<date.issue norm="20240603T100000Z"/><date.release norm="20240604T100000Z"/>',
            Status.USABLE,
            datetime(2024, 6, 4, 10, tzinfo=UTC),
        ),
        (
            "",
            '<date.issue norm="20240603T100000Z"/><date.release norm="20240603T100000Z"/>',
            Status.USABLE,
            None,
        ),
    ],
)
def test_management_status_and_release_decide_what_may_be_done_and_when(
    attributes: str, docdata: str, status: Status, embargoed: datetime | None
) -> None:
    story = _read(_nitf(docdata, attributes))

    assert (story.status, story.embargoed) == (status, embargoed)


def test_an_expiry_is_never_an_embargo() -> None:
    story = _read(_nitf('<date.expire norm="20240705T000000Z"/>'))

    assert story.expires == datetime(2024, 7, 5, tzinfo=UTC)
    assert story.embargoed is None


def test_the_latest_revision_dates_the_version_and_the_issue_the_story() -> None:
    story = _read(
        _nitf(
            '<date.issue norm="20240603T100000Z"/>',
            head='<revision-history norm="20240603T110000Z"/><revision-history norm="20240603T103000Z"/>',
        )
    )

    assert story.version_created == datetime(2024, 6, 3, 11, tzinfo=UTC)
    assert story.first_created == datetime(2024, 6, 3, 10, tzinfo=UTC)


def test_without_an_issue_the_publication_dates_it() -> None:
    story = _read(_nitf(head='<pubdata date.publication="20240603T100000Z"/>'))

    assert story.version_created == datetime(2024, 6, 3, 10, tzinfo=UTC)


def test_a_cancel_that_names_another_document_takes_that_one_back() -> None:
    story = _read(
        _nitf(
            '<doc-id id-string="urn:example:8"/><du-key version="4"/>',
            'management-status="canceled" management-doc-idref="urn:example:7"',
        )
    )

    assert (story.story_id, story.agency_version) == ("urn:example:7", None)
    assert story.status is Status.CANCELED
    assert "cancels another document: read as a version of urn:example:7" in story.repairs


def test_a_correction_of_another_document_is_of_its_family() -> None:
    story = _read(
        _nitf(
            '<doc-id id-string="urn:example:8"/>'
            '<correction id-string="urn:example:7" info="Zahl der Kräne"/>'
        )
    )

    assert (story.story_id, story.family_id) == ("urn:example:8", "urn:example:7")
    assert story.signal == "sig:correction"
    assert story.ed_note == "Zahl der Kräne"
    assert story.correction_note is None


@pytest.mark.parametrize(
    ("docdata", "headline", "signal"),
    [
        ('<ed-msg info="Berichtigung: Zahl"/>', "Kran", "sig:correction"),
        ('<ed-msg info="KILL KILL KILL"/>', "Kran", None),
        ("", "CORRECTED-Kran", "sig:correction"),
        ("", "Kran", None),
    ],
)
def test_message_and_headline_tell_the_kind_of_change(
    docdata: str, headline: str, signal: str | None
) -> None:
    assert _read(_nitf(docdata, headline=f"<hl1>{headline}</hl1>")).signal == signal


def test_a_kill_in_the_message_counts_whatever_the_status() -> None:
    story = _read(_nitf('<ed-msg info="KILL KILL KILL"/>', 'management-status="usable"'))

    assert story.status is Status.CANCELED
    assert story.publishable


@pytest.mark.parametrize(
    ("hedline", "title", "headline"),
    [
        ("<hl1>Kran <em>kippt</em></hl1><hl2>Hafen</hl2>", "x", "Kran kippt"),
        ("<hl1/><hl1>Kran</hl1>", "x", "Kran"),
        ("Kran kippt", "x", "Kran kippt"),
        ("", "1 LOKALES Kran", "1 LOKALES Kran"),
        ("", "", "Ein Kran ist gekippt."),
    ],
)
def test_the_first_line_of_the_first_level_is_the_headline(
    hedline: str, title: str, headline: str
) -> None:
    story = _read(_nitf(headline=hedline, head=f"<title>{title}</title>"))

    assert story.headline == headline


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Von Udo Muster", "Von Udo Muster"),
        ("By ANNA EXAMPLE<byttl>AP Writer</byttl>", "By ANNA EXAMPLE, AP Writer"),
        ("By Anna Example, <byttl>Staff</byttl>", "By Anna Example, Staff"),
        ("By<person>Staff Reporter</person><byttl>BD</byttl>", "By Staff Reporter, BD"),
        ("<byttl>Sports Network</byttl>", "Sports Network"),
        ("gr/bp", None),
        ("", None),
    ],
)
def test_the_byline_is_one_line_with_the_title(byline: str, expected: str | None) -> None:
    assert _read(_nitf(body_head=f"<byline>{byline}</byline>")).byline == expected


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("Hafenstadt", "Hafenstadt"),
        ("<location>HAFENSTADT</location>", "HAFENSTADT"),
        ("<location><city>Hafenstadt</city></location>", "Hafenstadt"),
        ("<location><city>Norfolk</city><state>Virginia</state></location>", "Norfolk, Virginia"),
        ("<location><city>Norfolk</city>, <state>Va.</state></location>", "Norfolk, Va"),
        ("<location>Hafenstadt</location><story.date>3. Juni</story.date>", "Hafenstadt"),
        ("<story.date norm='20240603T100000Z'>20240603T100000Z</story.date>", None),
        ("Hafenstadt, <story.date>3. Juni</story.date>", "Hafenstadt"),
    ],
)
def test_the_dateline_is_the_place_without_the_day(dateline: str, place: str | None) -> None:
    story = _read(_nitf(body_head=f"<dateline>{dateline}</dateline>", text="<p>Ein Kran.</p>"))

    assert story.dateline == Dateline(place=place)


@pytest.mark.parametrize(
    ("docdata", "body_head", "credit"),
    [
        ('<doc-id regsrc="ritzau.dk"/>', "", "Ritzau"),
        ('<del-list><from-src src-name="PA"/></del-list>', "", "PA"),
        ("", "<distributor>The Associated Press</distributor>", "AP"),
        ("", "<distributor><org>NTB</org></distributor>", "NTB"),
        ('<doc.copyright holder="Press Association"/>', "<distributor><org/></distributor>", "PA"),
        ("", "<rights><rights.owner>Agencia EFE</rights.owner></rights>", "EFE"),
        ("", "", None),
    ],
)
def test_the_agency_is_named_by_whatever_names_it(
    docdata: str, body_head: str, credit: str | None
) -> None:
    story = _read(_nitf(docdata, body_head=body_head, text="<p>Ein Kran.</p>"))

    assert story.credit == credit


def test_the_text_signs_before_all_fields() -> None:
    story = _read(_nitf('<doc-id regsrc="NTB"/>', body_head="<dateline>Oslo</dateline>"))

    assert story.dateline == Dateline(place="Hafenstadt", credit="SID")
    assert story.credit == "SID"


def test_subjects_keep_the_scheme_of_their_maker() -> None:
    story = _read(
        _nitf(
            '<doc-scope scope="LOKALES"/>',
            head='<tobject><tobject.subject tobject.subject.refnum="15054000" tobject.subject.matter="Fußball"/>'
            '<tobject.subject tobject.subject.ipr="IPTC" tobject.subject.refnum="20001065"/>'
            '<tobject.subject tobject.subject.ipr="EFE" tobject.subject.refnum="F01001000"/>'
            '<tobject.subject tobject.subject.type="Sport"/></tobject>',
        )
    )

    assert story.subjects == (
        Subject(code="subj:15054000", name="Fußball"),
        Subject(code="medtop:20001065"),
        Subject(code="efe:F01001000"),
        Subject(name="Sport"),
        Subject(code="sidcat:LOKALES"),
    )


@pytest.mark.parametrize(
    ("docdata", "head", "slug", "keywords"),
    [
        (
            '<du-key key="kran-hafen"/><key-list><keyword key="Kran"/></key-list>',
            "",
            "kran-hafen",
            ("Kran",),
        ),
        (
            '<key-list><keyword key="Hafen/Kran/"/></key-list>',
            "",
            "Hafen/Kran/",
            ("Hafen", "Kran"),
        ),
        ("", '<meta name="NTBStikkord" content="kran"/>', "kran", ()),
        ("", '<meta name="anpa-keyword" content="Monitor"/>', "Monitor", ()),
        ("<key-list/>", "", None, ()),
    ],
)
def test_key_and_keywords_give_slug_and_keywords(
    docdata: str, head: str, slug: str | None, keywords: tuple[str, ...]
) -> None:
    story = _read(_nitf(docdata, head=head))

    assert (story.slug, story.keywords) == (slug, keywords)


@pytest.mark.parametrize(("urgency", "expected"), [("1", 1), ("8", 8), ("0", None), ("hoch", None)])
def test_the_urgency_is_from_1_to_9(urgency: str, expected: int | None) -> None:
    story = _read(_nitf(f'<urgency ed-urg="{urgency}"/>'))

    assert story.urgency == expected
    assert any(repair.startswith("ed-urg: ") for repair in story.repairs) == (expected is None)


def test_what_is_for_editors_stays_with_them() -> None:
    story = _read(
        _nitf(
            '<ed-msg info="Nicht vor Mittag"/><ed-msg info=""/>',
            body_head="<note>Foto folgt</note>",
            text=f"{TEXT}<note><p>Telefon</p></note>",
            body_end="<tagline>um@example.org</tagline>",
        )
    )

    assert story.ed_note == "Nicht vor Mittag\nFoto folgt\nTelefon\num@example.org"
    assert "Telefon" not in story.body_text


def test_several_contents_are_one_body_and_without_one_the_abstract_stands_in() -> None:
    two = _read(
        "<nitf><body><body.content><p>a</p></body.content><body.content><p>b</p></body.content></body></nitf>"
    )
    none = _read(_nitf(text="", body_head="<abstract><p>Kurz</p></abstract>"))

    assert two.body_text == "a\n\nb"
    assert none.body_text == "Kurz"
    assert "no body: the abstract stands in" in none.repairs


def test_rights_travel_with_the_story() -> None:
    story = _read(
        _nitf('<doc.copyright holder="SID" year="2024"/><doc.rights limitations="Nur online"/>')
    )

    assert story.copyright_notice == "© 2024 SID"
    assert story.usage_terms == "Nur online"


@pytest.mark.parametrize(
    ("head", "headline", "publishable"),
    [
        ("", "Kran kippt", True),
        ("", "Tagesvorschau Hafen", False),
        ('<tobject tobject.type="Test"/>', "Kran", False),
        ('<tobject><tobject.property tobject.property.type="Advisory"/></tobject>', "Kran", False),
    ],
)
def test_copy_for_editors_is_not_publishable(head: str, headline: str, publishable: bool) -> None:  # noqa: FBT001 - both ways
    assert _read(_nitf(head=head, headline=f"<hl1>{headline}</hl1>")).publishable is publishable


@pytest.mark.parametrize(
    ("attribute", "language"),
    [
        ('baselang="nb-NO"', "nb-NO"),
        ('baselang="DE"', "de"),
        ('xml:lang="en_US"', "en-US"),
        ("", None),
    ],
)
def test_the_language_is_as_given(attribute: str, language: str | None) -> None:
    assert _read(_nitf(root=attribute)).language == language


def _nitf(  # noqa: PLR0913 - one for each part of a document
    docdata: str = "",
    attributes: str = "",
    *,
    head: str = "",
    headline: str = "<hl1>Kran kippt</hl1>",
    body_head: str = "",
    text: str = TEXT,
    body_end: str = "",
    root: str = "",
) -> str:
    return (
        f"<nitf {root}><head>{head}<docdata {attributes}>{docdata}</docdata></head><body>"
        f"<body.head><hedline>{headline}</hedline>{body_head}</body.head>"
        f"<body.content>{text}</body.content><body.end>{body_end}</body.end></body></nitf>"
    )


def _read(source: str) -> Story:
    [found] = read(source.encode(), content_type=None, received_at=NOW)
    assert found.format == "nitf"
    return found.story


def test_a_meta_tag_of_the_agency_names_the_source() -> None:
    story = _read(_nitf(head='<meta name="aap-source" content="AAP"/>', text="<p>Ein Kran.</p>"))

    assert story.credit == "AAP"
