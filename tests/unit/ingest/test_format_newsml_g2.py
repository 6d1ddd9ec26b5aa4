"""What NewsML-G2 says in its many spellings, and which rule decides where it contradicts itself."""

from datetime import UTC, datetime

import pytest

from services.ingest.formats import ReadStory, Unreadable, read
from shared.story import Picture, Status, Story, Subject

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
NAMESPACE = "http://iptc.org/std/nar/2006-10-01/"
BODY = (
    '<contentSet><inlineXML contenttype="application/xhtml+xml"><html><body>'
    "<p>Hafenstadt (SID) - Ein Kran ist gekippt. Mehr folgt.</p></body></html></inlineXML></contentSet>"
)


@pytest.mark.parametrize(
    "namespace", [NAMESPACE, "http://iptc.org/std/newsml/2006-10-01/", "urn:none", ""]
)
@pytest.mark.parametrize("wrapped", [True, False])
def test_an_item_is_read_in_any_namespace_with_or_without_a_message(
    namespace: str,
    wrapped: bool,  # noqa: FBT001 - both ways
) -> None:
    item = _item()
    source = f"<newsMessage><itemSet>{item}</itemSet></newsMessage>" if wrapped else item

    found = _read(source.replace(">", f' xmlns="{namespace}">', 1) if namespace else source)

    assert found.format == "newsml-g2"
    assert found.story.story_id == "urn:example:1"
    assert found.story.headline == "Kran kippt"


@pytest.mark.parametrize(
    ("guid", "version", "story_id", "agency_version"),
    [
        ("urn:example:1", 'version="7"', "urn:example:1", 7),
        ("urn:example:1", 'version="0"', "urn:example:1", 0),
        ("urn:example:1", "", "urn:example:1", None),
        ("urn:example:1", 'version="1132689232"', "urn:example:1", 1132689232),
        ("urn:example:1", 'version="2.1"', "urn:example:1", "2.1"),
        ("urn:newsml:tt.se:20240603:TT:585167:0", "", "urn:newsml:tt.se:20240603:TT:585167", 0),
        ("ANPX-240603-041-v2", 'version="1"', "ANPX-240603-041", 2),
    ],
)
def test_guid_and_version_make_the_story_and_its_version(
    guid: str, version: str, story_id: str, agency_version: int | str | None
) -> None:
    story = _story(_item(guid=guid, version=version))

    assert (story.story_id, story.agency_version) == (story_id, agency_version)


def test_an_item_without_a_guid_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable, match=r"^line 2, column 1: a newsItem needs its guid$"):
        _read("<newsMessage><itemSet>\n<newsItem><contentSet/></newsItem></itemSet></newsMessage>")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("", Status.USABLE),
        ('<pubStatus qcode="stat:usable"/>', Status.USABLE),
        ('<pubStatus qcode="STAT:Usable"/>', Status.USABLE),
        ('<pubStatus qcode="stat:canceled"/>', Status.CANCELED),
        ('<pubStatus qcode="stat:withheld"/>', Status.WITHHELD),
        ('<pubStatus qcode="stat:withdrawn"/>', Status.CANCELED),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', Status.CANCELED),
        ('<pubStatus literal="cancelled"/>', Status.CANCELED),
        ("<pubStatus>canceled</pubStatus>", Status.CANCELED),
        ('<pubStatus qcode="tt:replaced"/>', Status.WITHHELD),
        ('<signal qcode="sttinstruct:remove"/>', Status.CANCELED),
        ('<signal qcode="edStat:D"/>', Status.CANCELED),
        ("<edNote>KILL KILL KILL</edNote>", Status.CANCELED),
        ("<embargoed>irgendwann</embargoed>", Status.WITHHELD),
        ("<embargoed/>", Status.USABLE),
    ],
)
def test_the_status_is_the_gravest_that_field_signal_and_note_give(
    status: str, expected: Status
) -> None:
    story = _story(_item(meta=status))

    assert story.status is expected
    assert story.publishable


@pytest.mark.parametrize(
    ("meta", "signal"),
    [
        ("", None),
        ('<signal qcode="sig:update"/>', "sig:update"),
        ('<signal qcode="sig:update"/><signal qcode="sig:correction"/>', "sig:correction"),
        ('<signal uri="http://cv.iptc.org/newscodes/signal/correction"/>', "sig:correction"),
        ('<signal qcode="edStat:U"/><signal qcode="prodId:TXT"/>', "sig:update"),
        ('<signal qcode="edStat:C"/>', "sig:correction"),
        ('<signal qcode="prodId:TXT"/>', None),
        ('<signal qcode="update:append-major-content"/>', "sig:update"),
        ('<signal qcode="tt_sig:replace"/>', "sig:update"),
        (
            '<signal qcode="sig:update"/><edNote role="dpaednoterole:correctionshort">Zahl</edNote>',
            "sig:correction",
        ),
        ("<edNote>Berichtigung: Zahl der Kräne</edNote>", "sig:correction"),
        ('<signal qcode="sig:repeat"/>', "sig:repeat"),
    ],
)
def test_the_kind_of_change_is_decided_by_signals_and_notes(meta: str, signal: str | None) -> None:
    assert _story(_item(meta=meta)).signal == signal


@pytest.mark.parametrize(
    ("about", "signal"),
    [
        ("<headline>CORRECTED-Kran kippt</headline>", "sig:correction"),
        ("<headline>UPDATE 2-Kran kippt</headline>", "sig:update"),
        (
            "<headline>Kran</headline><slugline>AP-Kran, 2nd Ld-Writethru</slugline>",
            "sig:update",
        ),
        ("<headline>Kran</headline><slugline>KRAN/ (UPDATE 1)</slugline>", "sig:update"),
    ],
)
def test_headline_and_slug_tell_the_kind_of_change_too(about: str, signal: str) -> None:
    assert _story(_item(about=about)).signal == signal


def test_times_embargo_and_expiry_are_read_with_their_offsets() -> None:
    story = _story(
        _item(
            meta="<versionCreated>20240603T101500+0200</versionCreated>"
            "<firstCreated>\n 2024-06-03T08:00:00.000Z\n</firstCreated>"
            "<embargoed>2024-06-05T12:00:00Z</embargoed><expires>2024-07-01T00:00:00Z</expires>"
        )
    )

    assert story.version_created == datetime(2024, 6, 3, 8, 15, tzinfo=UTC)
    assert story.first_created == datetime(2024, 6, 3, 8, tzinfo=UTC)
    assert story.embargoed == datetime(2024, 6, 5, 12, tzinfo=UTC)
    assert story.expires == datetime(2024, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headlines", "expected"),
    [
        ('<headline role="hld:subHeadline">Neben</headline><headline>Haupt</headline>', "Haupt"),
        ('<headline rank="2">Neben</headline><headline rank="1">Haupt</headline>', "Haupt"),
        (
            '<headline xml:lang="en">Main</headline><headline xml:lang="de">Haupt</headline>',
            "Haupt",
        ),
        ('<headline role="hld:short">Kurz</headline>', "Kurz"),
        ("<headline> Haupt\n   Sache </headline>", "Haupt Sache"),
        ("<headline/><headline>Haupt</headline>", "Haupt"),
    ],
)
def test_the_main_headline_in_the_language_of_the_item_is_chosen(
    headlines: str, expected: str
) -> None:
    assert _story(_item(about=headlines)).headline == expected


@pytest.mark.parametrize(
    ("meta", "about", "headline", "repair"),
    [
        ("<title>Titel</title>", "", "Titel", "no headline: the title stands in"),
        ("", "", "Ein Kran ist gekippt.", "no headline: the first sentence stands in"),
    ],
)
def test_without_a_headline_something_stands_in_and_is_noted(
    meta: str, about: str, headline: str, repair: str
) -> None:
    story = _story(_item(meta=meta, about=about or " "))

    assert story.headline == headline
    assert repair in story.repairs


def test_a_kill_without_text_and_headline_is_a_story_of_its_slug() -> None:
    story = _story(
        '<newsItem guid="urn:example:1" version="3"><itemMeta><pubStatus qcode="stat:canceled"/>'
        "</itemMeta><contentMeta><slugline>kran</slugline></contentMeta></newsItem>"
    )

    assert (story.status, story.headline, story.body_text) == (Status.CANCELED, "kran", "")


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (
            '<inlineData contenttype="text/plain">Ein Kran.\n\nZwei.</inlineData>',
            "Ein Kran.\n\nZwei.",
        ),
        (
            (
                '<inlineData contenttype="text/plain">Roh</inlineData>'
                '<inlineXML contenttype="application/nitf+xml"><nitf><body><body.content><p>Ein</p>'
                "</body.content></body></nitf></inlineXML>"
            ),
            "Ein",
        ),
        (
            (
                '<inlineXML contenttype="application/nitf+xml"><nitf><body/></nitf></inlineXML>'
                '<inlineData contenttype="text/html">&lt;p&gt;Ein&lt;/p&gt;</inlineData>'
            ),
            "Ein",
        ),
        (
            '<inlineXML contenttype="application/xhtml+xml"><p>Ein</p><p>Zwei</p></inlineXML>',
            "Ein\n\nZwei",
        ),
        ('<inlineXML contenttype="text/html"><![CDATA[<p>Ein &auml;</p>]]></inlineXML>', "Ein ä"),
        (
            '<inlineXML contenttype="application/xhtml+xml"><html><body>Ein Satz.</body></html></inlineXML>',
            "Ein Satz.",
        ),
        (
            '<inlineData contenttype="application/json">{}</inlineData><inlineData>Ein</inlineData>',
            "Ein",
        ),
        ("", ""),
    ],
)
def test_the_rendition_that_keeps_the_paragraphs_best_is_the_body(content: str, body: str) -> None:
    assert _story(_item(content=f"<contentSet>{content}</contentSet>")).body_text == body


def test_a_headline_that_the_text_repeats_is_taken_off_it() -> None:
    content = (
        '<contentSet><inlineXML contenttype="text/html"><html><body><h1>Kran kippt</h1><p>Ein</p>'
        "</body></html></inlineXML></contentSet>"
    )

    assert _story(_item(content=content)).body_text == "Ein"


def test_a_first_paragraph_that_stands_in_for_the_headline_stays_in_the_text() -> None:
    content = "<contentSet><inlineXML><p>Ein Kran ist gekippt.</p><p>Mehr folgt.</p></inlineXML></contentSet>"

    story = _story(_item(about=" ", content=content))

    assert story.headline == "Ein Kran ist gekippt."
    assert story.body_text == "Ein Kran ist gekippt.\n\nMehr folgt."


def test_a_text_in_the_tags_of_tt_is_read_with_picture_byline_and_facts() -> None:
    content = (
        '<contentSet><inlineXML contenttype="application/ttnitf+xml"><BODY xmlns="" ID="1"><TEXT>'
        "<RUBRIK>Kran kippt</RUBRIK><DAT><ORT>EXEMPELSTAD</ORT><SOURCE>TT</SOURCE></DAT>"
        "<INGRESS><P>En kran föll.</P></INGRESS><BRODTEXT><CITAT>Ett under, säger hon.</CITAT>"
        "<MELLIS>Vindstilla</MELLIS><P>Ingen skadades.</P></BRODTEXT>"
        '<BYLINE EPOST="x@example.org">Anna Probe/TT</BYLINE>'
        "<BILD><BILDFIL>http://bild.example/1</BILDFIL><BILDTEXT><P>Kranen.</P></BILDTEXT>"
        "<BILDSKAPARE>Udo Muster/TT</BILDSKAPARE></BILD></TEXT>"
        "<TEXT><RUBRIK>Fakta: Kranar</RUBRIK><BRODTEXT><P>Kranar är höga.</P></BRODTEXT></TEXT></BODY>"
        "</inlineXML></contentSet>"
    )

    story = _story(_item(content=content))

    assert story.body_text.split("\n\n") == [
        "En kran föll.",
        "Ett under, säger hon.",
        "Vindstilla",
        "Ingen skadades.",
        "Fakta: Kranar",
        "Kranar är höga.",
    ]
    assert story.byline == "Anna Probe/TT"
    assert story.pictures == (
        Picture(caption="Kranen.", credit="Udo Muster/TT", href="http://bild.example/1"),
    )


def test_subjects_come_in_the_codes_of_iptc_whatever_their_spelling() -> None:
    story = _story(
        _item(
            about='<subject qcode="mediatopic:20001065"/><subject qcode="subjectcode:15000000"/>'
            '<subject uri="http://cv.iptc.org/newscodes/mediatopic/20001293"/>'
            '<subject literal="TT:02000000:LAG"/><subject literal="ID0E2E"><name>Stadion</name></subject>'
            '<subject qcode="N2:SOC"/><subject/>'
        )
    )

    assert story.subjects == (
        Subject(code="medtop:20001065"),
        Subject(code="subj:15000000"),
        Subject(code="medtop:20001293"),
        Subject(code="subj:02000000"),
        Subject(name="Stadion"),
        Subject(code="N2:SOC"),
    )


def test_pictures_of_two_texts_go_where_their_links_lead() -> None:
    picture = (
        '<newsItem guid="urn:example:p"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentMeta>'
        "<headline>Bild</headline></contentMeta></newsItem>"
    )
    linked = _item(
        guid="urn:example:2", meta='<link rel="irel:associatedWith" residref="urn:example:p"/>'
    )

    stories = read(
        f"<newsMessage><itemSet>{_item()}{linked}{picture}</itemSet></newsMessage>".encode(),
        content_type=None,
        received_at=NOW,
    )

    assert [len(found.story.pictures) for found in stories] == [0, 1]


def test_a_picture_that_was_killed_goes_with_no_text() -> None:
    picture = (
        '<newsItem guid="urn:example:p"><itemMeta><itemClass qcode="ninat:picture"/>'
        '<pubStatus qcode="stat:canceled"/></itemMeta><contentMeta><headline>Bild</headline></contentMeta></newsItem>'
    )

    story = _story(f"<newsMessage><itemSet>{picture}{_item()}</itemSet></newsMessage>")

    assert story.pictures == ()


@pytest.mark.parametrize(
    ("meta", "family"),
    [
        ('<link rel="irel:previousVersion" residref="urn:example:0"/>', "urn:example:0"),
        ('<link rel="irel:evolvedFrom" guidref="urn:example:0"/>', "urn:example:0"),
        ('<link rel="irel:previousVersion" residref="urn:example:1"/>', None),
        ('<link rel="irel:seeAlso" residref="urn:example:0"/>', None),
        ('<link guidref="urn:example:1" version="3"/>', None),
    ],
)
def test_what_a_story_takes_up_is_its_family(meta: str, family: str | None) -> None:
    assert _story(_item(meta=meta)).family_id == family


def test_the_number_of_the_story_that_tt_replaces_names_the_family() -> None:
    story = _story(
        _item(
            guid="urn:newsml:tt.se:20240603:TT:585167:0",
            about='<headline>Kran</headline><altId type="tt:refuno">20240603:TT:585152:0</altId>',
        )
    )

    assert story.family_id == "urn:newsml:tt.se:20240603:TT:585152"


def test_only_what_is_ready_for_readers_is_shown_to_them() -> None:
    story = _story(
        _item(
            meta='<edNote role="dpaednoterole:correction_consumerready">Es war ein Kran.</edNote>'
            '<edNote role="dpaednoterole:correction">Absatz 3</edNote>'
            '<edNote role="dpaednoterole:dpacontacts">Telefon</edNote>'
        )
    )

    assert story.correction_note == "Es war ein Kran."
    assert story.ed_note == "Absatz 3\nTelefon"


@pytest.mark.parametrize(
    "about",
    [
        "<headline>Tagesvorschau Hafen</headline>",
        '<headline>Hafen</headline><genre qcode="genre:Advisory"/>',
        '<headline>Hafen</headline><genre qcode="dpatextgenre:1"><name>Tagesvorschau</name></genre>',
    ],
)
def test_copy_for_editors_is_not_publishable(about: str) -> None:
    assert not _story(_item(about=about)).publishable


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ('<packageItem guid="a"/>', "only: packageItem$"),
        (
            '<newsMessage><itemSet><planningItem guid="a"/></itemSet></newsMessage>',
            "only: planningItem$",
        ),
        ('<conceptItem guid="a"/>', "only: conceptItem$"),
        ("<newsMessage><header/></newsMessage>", "a message without items"),
    ],
)
def test_what_holds_no_text_says_what_it_holds(source: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        _read(source)


def test_the_transmission_is_the_delivery() -> None:
    found = _read(
        f"<newsMessage><header><transmitId> 42 </transmitId></header><itemSet>{_item()}</itemSet></newsMessage>"
    )

    assert found.delivery_id == "42"


@pytest.mark.parametrize(
    ("meta", "about", "credit"),
    [
        ('<provider qcode="nprov:AFP"/>', "", "AFP"),
        ('<provider literal="reuters.com"/>', "", "Reuters"),
        ('<provider qcode="nprov:dpa"/>', "<creditline>STT–</creditline>", "STT"),
        ("", '<infoSource literal="Associated Press"/>', "AP"),
    ],
)
def test_the_agency_is_named_as_it_signs(meta: str, about: str, credit: str) -> None:
    content = "<contentSet><inlineData>Ein Kran.</inlineData></contentSet>"

    assert _story(_item(meta=meta, about=about or " ", content=content)).credit == credit


def test_subtitles_are_taken_off_the_head_of_the_text() -> None:
    about = '<headline>Kran kippt</headline><headline role="hlrole:sub">Niemand verletzt</headline>'
    markup = "<h1>Kran kippt</h1><h2>Niemand verletzt</h2><p>Ein Kran.</p><p>Niemand verletzt</p>"

    story = _story(_item(about=about, content=_xhtml(markup)))

    assert story.body_text == "Ein Kran.\n\nNiemand verletzt"


def test_a_subtitle_that_is_the_first_sentence_stays_in_the_text() -> None:
    about = '<headline>Kran kippt</headline><headline role="hlrole:sub">Ein Kran ist gekippt.</headline>'

    story = _story(_item(about=about, content=_xhtml("<p>Ein Kran ist gekippt.</p><p>Mehr.</p>")))

    assert story.body_text == "Ein Kran ist gekippt.\n\nMehr."


def test_a_note_in_a_frame_is_for_editors_and_a_table_in_one_is_copy() -> None:
    rule = "-" * 40
    note = (
        f"<pre>{rule}\nKORREKTUR-HINWEIS\nIm ersten Absatz wurde der Ort\nberichtigt.\n{rule}</pre>"
    )
    table = f"<pre>{rule}\nNord 3:1 Süd\n{rule}</pre>"

    story = _story(_item(content=_xhtml(f"{note}<p>Ein Kran.</p>{table}")))

    assert story.ed_note == "KORREKTUR-HINWEIS Im ersten Absatz wurde der Ort berichtigt."
    assert story.body_text.startswith("Ein Kran.\n\n---")
    assert "Nord 3:1 Süd" in story.body_text


def test_a_headline_under_the_name_of_a_partner_is_taken_off_too() -> None:
    markup = "<p>Sportbüro Nord</p><p>Kran kippt</p><p>Ein Kran.</p><p>---------</p>"

    assert _story(_item(content=_xhtml(markup))).body_text == "Sportbüro Nord\n\nEin Kran."


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("<![CDATA[Kran <b>kippt</b>]]>", "Kran kippt"),
        ("&amp;#8222;Kran&amp;#8220; &amp;amp; Schiff", "„Kran“ & Schiff"),
        ("5 &lt; 6 &amp; R&amp;B", "5 < 6 & R&B"),
    ],
)
def test_a_headline_is_read_without_its_markup(headline: str, expected: str) -> None:
    assert _story(_item(about=f"<headline>{headline}</headline>")).headline == expected


def _xhtml(markup: str) -> str:
    return f"<contentSet><inlineXML><html><body>{markup}</body></html></inlineXML></contentSet>"


def _item(
    *,
    guid: str = "urn:example:1",
    version: str = 'version="1"',
    meta: str = "",
    about: str = "<headline>Kran kippt</headline>",
    content: str = BODY,
) -> str:
    return (
        f'<newsItem guid="{guid}" {version} xml:lang="de"><itemMeta>{meta}</itemMeta>'
        f"<contentMeta>{about}</contentMeta>{content}</newsItem>"
    )


def _read(source: str) -> ReadStory:
    [found] = read(source.encode(), content_type=None, received_at=NOW)
    return found


def _story(source: str) -> Story:
    return _read(source).story
