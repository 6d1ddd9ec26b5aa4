"""NewsML 1: who an item is, what may be done with it, and which of its texts are stories."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from services.ingest.formats import ReadStory, Unreadable, read
from shared.story import Dateline, Picture, Status, Story, Subject

NOW = datetime(2024, 6, 4, 22, 30, tzinfo=UTC)
SUMMER = timezone(timedelta(hours=2))
NITF = "<DataContent><nitf><body><body.content>{}</body.content></body></nitf></DataContent>"
P = "<p>Ein Kran steht im Hafen.</p>"


def _text(markup: str = P, before: str = "<MediaType FormalName='Text'/>") -> str:
    return f"<ContentItem>{before}{NITF.format(markup)}</ContentItem>"


def _component(
    inside: str, *, lines: str = "<HeadLine>Kran</HeadLine>", role: str = "", attributes: str = ""
) -> str:
    named = f"<Role FormalName='{role}'/>" if role else ""
    return (
        f"<NewsComponent {attributes}>{named}<NewsLines>{lines}</NewsLines>{inside}</NewsComponent>"
    )


def _item(
    component: str,
    *,
    management: str = "<Status FormalName='Usable'/>",
    identifier: str | None = None,
    revision: str = "<RevisionId PreviousRevision='0' Update='N'>1</RevisionId>",
    item_id: str = "77",
) -> str:
    named = identifier or (
        "<ProviderId>agentur.example</ProviderId><DateId>20240603</DateId>"
        f"<NewsItemId>{item_id}</NewsItemId>{revision}"
    )
    return (
        f"<NewsItem><Identification><NewsIdentifier>{named}</NewsIdentifier></Identification>"
        f"<NewsManagement><NewsItemType FormalName='News'/>"
        "<ThisRevisionCreated>20240603T101500+0200</ThisRevisionCreated>"
        f"{management}</NewsManagement>{component}</NewsItem>"
    )


def _read_all(*items: str, envelope: str = "", opening: str = "<NewsML>") -> tuple[ReadStory, ...]:
    body = f"{opening}<NewsEnvelope>{envelope}</NewsEnvelope>{''.join(items)}</NewsML>"
    return read(body.encode(), content_type="application/xml", received_at=NOW)


def _read(*items: str, envelope: str = "", opening: str = "<NewsML>") -> Story:
    [found] = _read_all(*items, envelope=envelope, opening=opening)
    return found.story


def test_provider_date_and_id_make_the_story_and_the_revision_its_version() -> None:
    first = _read(_item(_component(_text())))
    later = _read(
        _item(
            _component(_text()),
            revision="<RevisionId PreviousRevision='1' Update='U'>12N</RevisionId>",
        )
    )

    assert first.story_id == later.story_id == "urn:newsml:agentur.example:20240603:77"
    assert (first.agency_version, later.agency_version) == (1, 12)


@pytest.mark.parametrize(
    "revision", ["<RevisionId>0</RevisionId>", "<RevisionId><text>0</text></RevisionId>"]
)
def test_revision_nought_is_a_version(revision: str) -> None:
    assert _read(_item(_component(_text()), revision=revision)).agency_version == 0


def test_an_agency_that_writes_the_version_into_its_id_gets_it_cut() -> None:
    identifier = (
        "<ProviderId>ANP</ProviderId><DateId>20240603</DateId>"
        "<NewsItemId>ANPX-030624-041-v2</NewsItemId><RevisionId>2</RevisionId>"
    )

    story = _read(_item(_component(_text()), identifier=identifier))

    assert (story.story_id, story.agency_version) == ("urn:newsml:ANP:20240603:ANPX-030624-041", 2)


@pytest.mark.parametrize(
    ("identifier", "story_id"),
    [
        (
            "<ProviderId>a.example</ProviderId><PublicIdentifier>urn:newsml:a.example:20240603:x7:3N</PublicIdentifier>",
            "urn:newsml:a.example:20240603:x7",
        ),
        ("<ProviderId>a.example</ProviderId><NewsItemId>0</NewsItemId>", "urn:newsml:a.example:D7"),
        ("<NewsItemId>urn:uuid:abc</NewsItemId>", "urn:uuid:abc"),
    ],
)
def test_a_torn_identifier_is_pieced_together(identifier: str, story_id: str) -> None:
    story = _read(_item(_component(_text(), attributes="Duid='D7'"), identifier=identifier))

    assert story.story_id == story_id


def test_without_any_identifier_agency_day_and_headline_make_the_id() -> None:
    story = _read(_item(_component(_text()), identifier="<ProviderId/>"))

    assert story.story_id.startswith("urn:depesche:uncredited:2024-06-03:")
    assert story.repairs == ("no id: one made from agency, day and headline",)


@pytest.mark.parametrize(
    ("management", "status"),
    [
        ("", Status.USABLE),
        ("<Status FormalName='usable'/>", Status.USABLE),
        (
            "<Status FormalName='CANCELED' Vocabulary='urn:newsml:iptc.org:20001006:status:1'/>",
            Status.CANCELED,
        ),
        ("<Status FormalName='Cancelled'/>", Status.CANCELED),
        ("<Status FormalName='Withheld'/>", Status.WITHHELD),
        ("<Status>Withheld</Status>", Status.WITHHELD),
        ("<Status FormalName='Embargoed'/>", Status.WITHHELD),
        ("<Status FormalName='Fertig'/>", Status.WITHHELD),
    ],
)
def test_the_status_is_read_in_any_case_of_letters(management: str, status: Status) -> None:
    assert _read(_item(_component(_text()), management=management)).status is status


def test_an_embargo_is_a_status_that_will_change() -> None:
    change = "<StatusWillChange><FutureStatus FormalName='Usable'/><DateAndTime>20240605T190000+0200</DateAndTime></StatusWillChange>"

    held = _read(_item(_component(_text()), management=f"<Status FormalName='embargoed'/>{change}"))
    withheld = _read(
        _item(_component(_text()), management=f"<Status FormalName='Withheld'/>{change}")
    )

    assert (held.status, held.embargoed) == (Status.USABLE, datetime(2024, 6, 5, 19, tzinfo=SUMMER))
    assert (withheld.status, withheld.embargoed) == (Status.WITHHELD, None)


def test_a_story_that_will_be_canceled_expires_then() -> None:
    management = (
        "<Status FormalName='Usable'/><StatusWillChange><FutureStatus FormalName='Canceled'/>"
        "<DateAndTime>20240605T190000Z</DateAndTime></StatusWillChange>"
    )

    story = _read(_item(_component(_text()), management=management))

    assert (story.status, story.expires) == (Status.USABLE, datetime(2024, 6, 5, 19, tzinfo=UTC))
    assert story.embargoed is None


def test_the_envelope_changes_nothing_in_the_story() -> None:
    item = _item(_component(_text()))

    [sent] = _read_all(
        item,
        envelope="<TransmissionId>7</TransmissionId><DateAndTime>20240603T120000Z</DateAndTime>",
    )
    [again] = _read_all(
        item,
        envelope="<TransmissionId Repeat='1'>7</TransmissionId><DateAndTime>20240604T120000Z</DateAndTime>",
    )

    assert sent.story == again.story
    assert (sent.delivery_id, again.delivery_id) == ("20240603T120000Z/7", "20240604T120000Z/7/1")


@pytest.mark.parametrize(
    ("management", "envelope", "urgency"),
    [
        ("<Urgency FormalName='2'/>", "<Priority FormalName='5'/>", 2),
        ("<Urgency>3</Urgency>", "", 3),
        ("<Priority FormalName='4'/>", "", 4),
        ("", "<Priority FormalName='5' Scheme='IptcPriority'/>", 5),
        ("<Urgency FormalName='hoch'/>", "", None),
    ],
)
def test_the_priority_stands_in_for_a_missing_urgency(
    management: str, envelope: str, urgency: int | None
) -> None:
    assert (
        _read(_item(_component(_text()), management=management), envelope=envelope).urgency
        == urgency
    )


def test_the_nearest_headline_counts_and_the_text_may_lie_deep() -> None:
    inner = _component(
        _component(_text(), lines="<HeadLine/>"),
        lines="<HeadLine>Innen</HeadLine><SlugLine>in</SlugLine>",
    )

    story = _read(
        _item(_component(inner, lines="<HeadLine>Außen</HeadLine><CreditLine>AGT</CreditLine>"))
    )

    assert (story.headline, story.slug, story.credit) == ("Innen", "in", "AGT")
    assert story.body_text == "Ein Kran steht im Hafen."


def test_the_headline_may_be_but_in_the_nitf() -> None:
    markup = P
    content = f"<ContentItem><DataContent><nitf><body><body.head><hedline><hl1>Kran im Hafen</hl1><hl2>Unten</hl2></hedline><byline>Von Udo Muster</byline></body.head><body.content>{markup}</body.content></body></nitf></DataContent></ContentItem>"

    story = _read(_item(_component(content, lines="")))

    assert (story.headline, story.byline) == ("Kran im Hafen", "Von Udo Muster")
    assert story.body_text == "Ein Kran steht im Hafen."


def test_titles_abstracts_contacts_and_style_are_no_body() -> None:
    parts = "".join(
        f"<NewsComponent><Role FormalName='{role}'/><ContentItem><DataContent>{role}!</DataContent></ContentItem></NewsComponent>"
        for role in ("Headline", "Abstract", "Contact", "TweetText", "Quicklook", "Lead", "Body")
    )
    sheet = "<NewsComponent><ContentItem><MimeType FormalName='text/css'/><DataContent>p {}</DataContent></ContentItem></NewsComponent>"

    story = _read(_item(_component(parts + sheet, lines="")))

    assert story.headline == "Headline!"
    assert story.body_text == "Lead!\n\nBody!"


def test_the_abstract_stands_in_for_a_missing_body() -> None:
    part = "<NewsComponent><Role FormalName='Abstract'/><ContentItem><DataContent>Kurz.</DataContent></ContentItem></NewsComponent>"

    story = _read(_item(_component(part)))

    assert story.body_text == "Kurz."
    assert "no body: the abstract stands in" in story.repairs


def test_of_several_renditions_the_best_is_read() -> None:
    plain = "<ContentItem><Format FormalName='Text'/><DataContent>Ein Kran steht im Hafen.</DataContent></ContentItem>"

    beside = _read(_item(_component(plain + _text("<p>Ein</p><p>Kran</p>"))))
    listed = _read(
        _item(
            _component(
                _component(plain) + _component(_text("<p>Ein</p><p>Kran</p>")),
                attributes="EquivalentsList='yes'",
            )
        )
    )

    assert beside.body_text == listed.body_text == "Ein\n\nKran"


def test_the_same_text_twice_is_read_once() -> None:
    plain = "<NewsComponent><ContentItem><DataContent>Ein Kran steht im Hafen.</DataContent></ContentItem></NewsComponent>"

    story = _read(_item(_component(f"<NewsComponent>{_text()}</NewsComponent>{plain}")))

    assert story.body_text == "Ein Kran steht im Hafen."


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("<p>Eins.</p><p>Zwei.</p>", "Eins.\n\nZwei."),
        ("<![CDATA[<p>Eins &amp; halb.</p><p>Zwei.</p>]]>", "Eins & halb.\n\nZwei."),
        ("&lt;p&gt;Eins.&lt;/p&gt;&lt;p&gt;Zwei.&lt;/p&gt;", "Eins.\n\nZwei."),
        ("Eins.\n\nZwei.", "Eins.\n\nZwei."),
        (
            "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>T</title></head><body><p>Eins.<br/>Zwei.</p></body></html>",
            "Eins.\nZwei.",
        ),
    ],
)
def test_the_content_is_read_however_it_is_written(content: str, body: str) -> None:
    item = f"<ContentItem><DataContent>{content}</DataContent></ContentItem>"

    assert _read(_item(_component(item))).body_text == body


def test_encoded_content_is_decoded() -> None:
    content = "<ContentItem><Encoding Notation='Base64'><DataContent>RWluIEtyYW4u</DataContent></Encoding></ContentItem>"

    assert _read(_item(_component(content))).body_text == "Ein Kran."


def test_parts_with_headlines_of_their_own_are_stories_of_one_family() -> None:
    first = _component(_text(), lines="<HeadLine>Eins</HeadLine>", attributes="Duid='a'")
    second = _component(
        _text("<p>Anders.</p>"), lines="<HeadLine>Zwei</HeadLine>", attributes="Duid='b'"
    )

    stories = [found.story for found in _read_all(_item(_component(first + second)))]

    base = "urn:newsml:agentur.example:20240603:77"
    assert [(story.story_id, story.family_id) for story in stories] == [
        (base, None),
        (f"{base}#b", base),
    ]
    assert [story.headline for story in stories] == ["Eins", "Zwei"]


def test_a_picture_beside_the_text_goes_with_it() -> None:
    picture = (
        "<NewsComponent><Role FormalName='Supporting'/><NewsLines><CreditLine>Foto Aue</CreditLine></NewsLines>"
        "<NewsComponent><Role FormalName='Main'/><ContentItem Href='gross.jpg'><MediaType FormalName='Photo'/></ContentItem></NewsComponent>"
        "<NewsComponent><Role FormalName='Quicklook'/><ContentItem Href='klein.jpg'><MediaType FormalName='Photo'/>"
        "<Characteristics><Property FormalName='Width' Value='9000'/></Characteristics></ContentItem></NewsComponent>"
        "<NewsComponent><Role FormalName='Caption'/><ContentItem><MediaType FormalName='Text'/>"
        "<DataContent><p>Der Kran.</p></DataContent></ContentItem></NewsComponent></NewsComponent>"
    )

    story = _read(_item(_component(f"<NewsComponent>{_text()}</NewsComponent>{picture}")))

    assert story.pictures == (Picture(caption="Der Kran.", credit="Foto Aue", href="gross.jpg"),)
    assert story.body_text == "Ein Kran steht im Hafen."


def test_each_picture_of_a_gallery_has_its_own_caption() -> None:
    def picture(name: str) -> str:
        caption = f"<NewsComponent><Role FormalName='Caption'/><ContentItem><DataContent>{name}</DataContent></ContentItem></NewsComponent>"
        return f"<NewsComponent><NewsComponent><ContentItem Href='{name}.jpg'/></NewsComponent>{caption}</NewsComponent>"

    gallery = f"<NewsComponent>{picture('a')}{picture('b')}</NewsComponent>"
    story = _read(_item(_component(f"<NewsComponent>{_text()}</NewsComponent>{gallery}")))

    assert [(each.href, each.caption) for each in story.pictures] == [
        ("a.jpg", "a"),
        ("b.jpg", "b"),
    ]


def test_a_picture_item_beside_a_text_item_is_no_story_but_its_picture() -> None:
    picture = _item(
        _component(
            "<ContentItem Href='kran.jpg'><MediaType FormalName='Photo'/></ContentItem>",
            lines="<HeadLine>Kran am Abend</HeadLine>",
        ),
        item_id="78",
    )
    topics = "<NewsItem><Identification/><NewsManagement/><TopicSet FormalName='x'/></NewsItem>"

    story = _read(_item(_component(_text())), picture, topics)

    assert story.story_id.endswith(":77")
    assert story.pictures == (Picture(caption="Kran am Abend", href="kran.jpg"),)


def test_a_picture_alone_is_a_story_whose_caption_stands_in() -> None:
    caption = "<NewsComponent><Role FormalName='Caption'/><ContentItem><DataContent>Der Kran.</DataContent></ContentItem></NewsComponent>"
    photo = "<NewsComponent><Role FormalName='Main'/><ContentItem Href='kran.jpg'><MediaType FormalName='Photo'/></ContentItem></NewsComponent>"

    story = _read(_item(_component(photo + caption)))

    assert story.body_text == "Der Kran."
    assert story.pictures == (Picture(caption="Der Kran.", href="kran.jpg"),)
    assert "no body: the caption stands in" in story.repairs


def test_a_film_alone_beside_a_text_is_left_out() -> None:
    film = _item(
        _component("<ContentItem Href='k.mp4'><MediaType FormalName='Video'/></ContentItem>"),
        item_id="78",
    )

    assert _read(film, _item(_component(_text()))).story_id.endswith(":77")


def test_two_text_items_are_two_stories() -> None:
    stories = _read_all(_item(_component(_text())), _item(_component(_text()), item_id="78"))

    assert [found.story.story_id[-2:] for found in stories] == ["77", "78"]


def test_a_headline_alone_is_a_story() -> None:
    story = _read(_item(_component("", lines="<HeadLine>Kran kippt</HeadLine>")))

    assert (story.headline, story.body_text) == ("Kran kippt", "")


@pytest.mark.parametrize("word", ["Canceled", "Withheld"])
def test_a_recall_needs_no_component(word: str) -> None:
    item = _item(
        "",
        management=f"<Status FormalName='{word}'/>",
        revision="<RevisionId PreviousRevision='1' Update='A'>2</RevisionId>",
    )

    story = _read(item)

    assert story.status == word.lower()
    assert (story.story_id, story.agency_version) == ("urn:newsml:agentur.example:20240603:77", 2)
    assert story.family_id is None


@pytest.mark.parametrize("update", ["U", "A"])
def test_changes_without_the_whole_cannot_be_applied(update: str) -> None:
    changes = "<Update><Replace DuidRef='x'><HeadLine>Neu</HeadLine></Replace></Update>"
    item = _item(
        changes, revision=f"<RevisionId PreviousRevision='1' Update='{update}'>2</RevisionId>"
    )

    with pytest.raises(Unreadable, match="only changes a revision sent before"):
        _read(item)


def test_an_addition_is_a_story_of_its_own_in_the_family() -> None:
    item = _item(
        _component(_text()), revision="<RevisionId PreviousRevision='1' Update='A'>2</RevisionId>"
    )

    story = _read(item)

    assert story.story_id == "urn:newsml:agentur.example:20240603:77:2A"
    assert story.family_id == "urn:newsml:agentur.example:20240603:77"


def test_a_message_without_a_story_says_so() -> None:
    with pytest.raises(Unreadable, match="holds no story"):
        _read("<NewsItem><Identification/><TopicSet/></NewsItem>")


def test_the_story_it_derives_from_is_its_family() -> None:
    links = "<AssociatedWith NewsItem='urn:newsml:a.example:20240601:1:2'/><DerivedFrom NewsItem='urn:newsml:a.example:20240602:2:5N'/>"

    assert (
        _read(_item(_component(_text()), management=links)).family_id
        == "urn:newsml:a.example:20240602:2"
    )


@pytest.mark.parametrize(
    ("lines", "signal"),
    [
        ("<HeadLine>KORREKTUR: Kran</HeadLine>", "sig:correction"),
        (
            "<HeadLine>Kran</HeadLine><NewsLine><NewsLineType FormalName='CorrectionText'/><NewsLineText>Zahl im ersten Absatz</NewsLineText></NewsLine>",
            "sig:correction",
        ),
        (
            "<HeadLine>Kran</HeadLine><NewsLine><NewsLineType FormalName='AdvisoryLine'/><NewsLineText>UPDATES toll</NewsLineText></NewsLine>",
            "sig:update",
        ),
        ("<HeadLine>WIEDERHOLUNG - Kran</HeadLine>", "sig:repeat"),
        ("<HeadLine>Kran</HeadLine>", None),
    ],
)
def test_headline_and_notes_say_what_kind_of_change_it_is(lines: str, signal: str | None) -> None:
    assert _read(_item(_component(_text(), lines=lines))).signal == signal


def test_notes_for_editors_never_reach_the_body() -> None:
    lines = (
        "<HeadLine>Kran</HeadLine><NewsLine><NewsLineType FormalName='AdvisoryLine'/><NewsLineText>Mit Bild</NewsLineText></NewsLine>"
        "<NewsLine><NewsLineType FormalName='storyType'/><NewsLineText>news</NewsLineText></NewsLine>"
    )
    content = _text(before="<Comment FormalName='Editorial Note'>Rufnummer 0171</Comment>")
    instruction = (
        "<Instruction FormalName='Correction'><Comment>Zahl falsch</Comment></Instruction>"
    )

    story = _read(_item(_component(content, lines=lines), management=instruction))

    assert story.ed_note == "Mit Bild\nRufnummer 0171\nCorrection\nZahl falsch"
    assert story.signal == "sig:correction"
    assert story.body_text == "Ein Kran steht im Hafen."
    assert story.correction_note is None


def test_subjects_keep_their_scheme() -> None:
    codes = (
        "<SubjectCode><Subject FormalName='08000000'/><SubjectDetail FormalName='04007005'/></SubjectCode>"
        "<SubjectCode><Subject FormalName='20001065'/><Subject FormalName=''/></SubjectCode>"
        "<SubjectCode><Subject Vocabulary='urn:newsml:anp.nl:20090407:ANPCatCodes:Webfeed' FormalName='ECO'/></SubjectCode>"
        "<SubjectCode><SubjectMatter FormalName='WI' Scheme='Ressort'/></SubjectCode>"
    )

    story = _read(_item(_component(f"<DescriptiveMetadata>{codes}</DescriptiveMetadata>{_text()}")))

    assert story.subjects == tuple(
        Subject(code=code)
        for code in (
            "subj:08000000",
            "subj:04007005",
            "medtop:20001065",
            "ANPCatCodes:ECO",
            "Ressort:WI",
        )
    )


def test_a_creator_is_a_byline_if_named_like_a_person() -> None:
    def made_by(name: str) -> str | None:
        parties = f"<AdministrativeMetadata><Provider><Party FormalName='Agencia EFE'/></Provider><Creator><Party FormalName='{name}'/></Creator></AdministrativeMetadata>"
        return _read(_item(_component(parties + _text()))).byline

    assert (
        made_by("Adél Zaanoun with Guillaume L. in Jérusalem ")
        == "Adél Zaanoun with Guillaume L. in Jérusalem"
    )
    assert [made_by(name) for name in ("daa/mt/msr", "DWM", "COR 360", "Agencia EFE", "")] == [
        None
    ] * 5


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("<Language FormalName='DE'/>", "de"),
        ("<Language FormalName='nl_NL'/>", "nl-NL"),
        ("<Language FormalName='x-default'/>", "fr"),
        ("", "fr"),
    ],
)
def test_the_language_is_a_tag_in_small_letters(language: str, tag: str) -> None:
    component = _component(
        f"<DescriptiveMetadata>{language}</DescriptiveMetadata>{_text()}",
        attributes="xml:lang='FR'",
    )

    assert _read(_item(component)).language == tag


def test_the_agency_is_who_signs_or_provides_or_sends() -> None:
    provider = "<AdministrativeMetadata><Provider><Party FormalName='Agencia EFE'/></Provider><Source><Party FormalName='Kranwerke'/></Source></AdministrativeMetadata>"
    signed = _read(_item(_component(provider + _text("<p>Madrid, 3 jun (EFE).- Una grúa.</p>"))))
    provided = _read(_item(_component(provider + _text())))
    sent = _read(
        _item(_component(_text())), envelope="<SentFrom><Party FormalName='Kyodo News'/></SentFrom>"
    )

    assert (signed.credit, signed.dateline) == ("EFE", Dateline(place="Madrid", credit="EFE"))
    assert (provided.credit, sent.credit) == ("EFE", "Kyodo")


def test_the_city_of_origin_stands_in_for_a_missing_dateline() -> None:
    place = "<DescriptiveMetadata><Location HowPresent='{}'><Property FormalName='City' Value='Hafenstadt'/></Location></DescriptiveMetadata>"

    origin = _read(_item(_component(place.format("Origin") + _text())))
    event = _read(_item(_component(place.format("Event") + _text())))

    assert (origin.dateline.place, event.dateline.place) == ("Hafenstadt", None)


@pytest.mark.parametrize(
    "component",
    [
        _component(
            f"<DescriptiveMetadata><Genre FormalName='Advisory'/></DescriptiveMetadata>{_text()}"
        ),
        _component(_text(), lines="<HeadLine>Tagesvorschau Kultur</HeadLine>"),
    ],
)
def test_advisories_and_diaries_are_not_publishable(component: str) -> None:
    assert not _read(_item(component)).publishable


def test_a_namespace_and_a_doctype_change_nothing() -> None:
    doctype = (
        '<!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd" [<!ENTITY % nitf SYSTEM "nitf.dtd"> %nitf;]>'
    )

    plain = _read(_item(_component(_text())))
    dressed = _read(
        _item(_component(_text())),
        opening=f"{doctype}<NewsML xmlns='http://iptc.org/std/NewsML/1.2/' Version='1.2'>",
    )

    assert dressed.model_copy(update={"repairs": ()}) == plain


def test_bytes_of_windows_are_read_though_they_claim_to_be_utf_8() -> None:
    text = f"<?xml version='1.0' encoding='UTF-8'?><NewsML>{_item(_component(_text('<p>Brücke – „Kran“</p>')))}</NewsML>"

    [found] = read(text.encode("cp1252"), content_type=None, received_at=NOW)

    assert found.story.body_text == "Brücke – „Kran“"
    assert found.story.repairs == ("not UTF-8: read as windows-1252",)


def test_an_embargo_in_the_text_holds_the_story() -> None:
    component = _component(_text("<p>Sperrfrist 5. Juni 19.00 Uhr</p><p>Ein Kran.</p>"))
    unclear = _component(_text("<p>Sperrfrist bis auf weiteres</p><p>Ein Kran.</p>"))

    held, withheld = _read(_item(component)), _read(_item(unclear))

    assert (held.body_text, held.embargoed) == (
        "Ein Kran.",
        datetime(2024, 6, 5, 19, tzinfo=SUMMER),
    )
    assert withheld.status is Status.WITHHELD


def test_pictures_within_the_text_go_with_it_and_initials_are_no_byline() -> None:
    inner = (
        "<ContentItem><DataContent><nitf><body><body.head><byline>daa/mt</byline></body.head><body.content><p>Ein Kran.</p>"
        "<media media-type='image'><media-reference source='kran.jpg'/><media-caption>Der Kran</media-caption></media>"
        "</body.content></body></nitf></DataContent></ContentItem>"
    )

    story = _read(_item(_component(inner)))

    assert story.pictures == (Picture(caption="Der Kran", href="kran.jpg"),)
    assert (story.body_text, story.byline) == ("Ein Kran.", None)


def test_a_headline_that_the_text_repeats_is_taken_off_it() -> None:
    story = _read(_item(_component(_text("<h1>Kran</h1><p>Ein Kran.</p>"))))

    assert (story.headline, story.body_text) == ("Kran", "Ein Kran.")


def test_a_recall_of_an_advisory_goes_its_way_all_the_same() -> None:
    component = _component(_text(), lines="<HeadLine>Tagesvorschau Kultur</HeadLine>")

    assert _read(_item(component, management="<Status FormalName='Canceled'/>")).publishable


def test_a_package_of_more_stories_than_any_agency_packs_is_refused() -> None:
    parts = "".join(
        _component(_text(f"<p>{n}</p>"), lines=f"<HeadLine>{n}</HeadLine>") for n in range(31)
    )

    with pytest.raises(Unreadable, match="more than 30 stories"):
        _read(_item(_component(parts)))


def test_a_headline_among_the_other_lines_is_a_headline_all_the_same() -> None:
    story = _read(
        _item(_component(_text(), lines="<NewsLine><HeadLine>Kran</HeadLine></NewsLine>"))
    )

    assert story.headline == "Kran"


def test_an_item_without_text_headline_or_picture_is_a_container_and_no_story() -> None:
    container = _item(_component("", lines=""), item_id="index")

    with pytest.raises(Unreadable, match="the message holds no story"):
        _read(container)
    assert len(_read_all(_item(_component(_text())), container)) == 1
    assert _read(_item(_component(""))).headline == "Kran"


def test_an_escaped_body_within_nitf_is_read_as_markup() -> None:
    story = _read(_item(_component(_text("<![CDATA[<p>Ein Kran.</p><p>Zwei<BR>Kräne.</p>]]>"))))

    assert story.body_text == "Ein Kran.\n\nZwei\nKräne."


@pytest.mark.parametrize(
    ("comment", "status", "embargoed"),
    [
        ("Embargoed to 0001 Wednesday June 05", Status.USABLE, "2024-06-05T00:01:00+01:00"),
        ("(see also CRANES) Embargoed to 0001 June 05", Status.USABLE, "2024-06-05T00:01:00+01:00"),
        ("Embargoed until 13:30, June 5", Status.USABLE, "2024-06-05T13:30:00+01:00"),
        ("Embargoed to 2561 June 05", Status.WITHHELD, None),
        ("Embargoed for now", Status.WITHHELD, None),
    ],
)
def test_a_comment_tells_until_when_it_is_embargoed(
    comment: str, status: Status, embargoed: str | None
) -> None:
    identifier = (
        "<ProviderId>pa.press.net</ProviderId><DateId>20240603</DateId><NewsItemId>K</NewsItemId>"
    )
    part = f"<NewsComponent><Comment>{comment}</Comment>{_text()}</NewsComponent>"

    story = _read(
        _item(
            _component(part),
            identifier=identifier,
            management="<Status FormalName='Embargoed'/>",
        )
    )

    assert story.status is status
    assert (story.embargoed.isoformat() if story.embargoed else None) == embargoed
    assert story.ed_note == comment


def test_a_package_gives_the_stories_within_it_and_none_of_its_own() -> None:
    within = _item(_component(_text()), item_id="78")
    package = _item(_component(f"<NewsComponent>{within}</NewsComponent>"), item_id="package")

    assert _read(package).story_id == "urn:newsml:agentur.example:20240603:78"
