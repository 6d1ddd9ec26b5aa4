"""Feeds: every entry a story, whatever the family, the namespaces and the mistakes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from services.ingest.formats import ReadStory, Unreadable, read
from services.ingest.formats.feeds.times import feed_moment
from shared.story import Dateline, Picture, Status, Story, Subject

NOW = datetime(2024, 6, 4, 22, 30, tzinfo=UTC)
SUMMER = timezone(timedelta(hours=2))
ATOM = "xmlns='http://www.w3.org/2005/Atom'"
SPACES = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/' "
    "xmlns:atom='http://www.w3.org/2005/Atom'"
)


def _read_all(body: str | bytes) -> tuple[ReadStory, ...]:
    raw = body.encode() if isinstance(body, str) else body
    return read(raw, content_type=None, received_at=NOW)


def _entry(inside: str, feed: str = "<title>Hafenblatt</title>") -> Story:
    [found] = _read_all(
        f"<feed {ATOM} {SPACES}>{feed}<entry><id>tag:x:1</id>{inside}</entry></feed>"
    )
    assert found.format == "atom"
    return found.story


def _item(inside: str, channel: str = "<title>Hafenblatt</title>") -> Story:
    [found] = _read_all(
        f"<rss version='2.0' {SPACES}><channel>{channel}<item>{inside}</item></channel></rss>"
    )
    assert found.format == "rss"
    return found.story


def test_each_entry_of_a_feed_is_a_story_without_a_version() -> None:
    entries = "".join(
        f"<entry><id>tag:x:{n}</id><title>Kran {n}</title><updated>2024-06-03T10:0{n}:00Z</updated>"
        "<published>2024-06-03T09:00:00Z</published><content>Ein Kran.</content></entry>"
        for n in (1, 2)
    )

    stories = [
        found.story
        for found in _read_all(f"<feed {ATOM}><title>Hafenblatt</title>{entries}</feed>")
    ]

    assert [story.story_id for story in stories] == ["tag:x:1", "tag:x:2"]
    assert [story.agency_version for story in stories] == [None, None]
    assert stories[1].version_created == datetime(2024, 6, 3, 10, 2, tzinfo=UTC)
    assert stories[1].first_created == datetime(2024, 6, 3, 9, tzinfo=UTC)


def test_an_entry_alone_is_a_document() -> None:
    [found] = _read_all(f"<entry {ATOM} xml:lang='de'><id>tag:x:1</id><title>Kran</title></entry>")

    assert (found.story.story_id, found.story.headline, found.story.language) == (
        "tag:x:1",
        "Kran",
        "de",
    )


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("<title>Kran &amp; Co.</title>", "Kran & Co."),
        ("<title type='text'>a &lt;b&gt; c</title>", "a <b> c"),
        ("<title type='html'>Kr&amp;auml;n &lt;b&gt;steht&lt;/b&gt;</title>", "Krän steht"),
        (
            "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>Kran <em>steht</em></div></title>",
            "Kran steht",
        ),
        ("<title><![CDATA[Kran &#8211; steht]]></title>", "Kran – steht"),
    ],
)
def test_a_title_is_one_line_whatever_its_type(title: str, headline: str) -> None:
    assert _entry(title).headline == headline


@pytest.mark.parametrize(
    "content",
    [
        "<content type='html'>&lt;p&gt;Eins.&lt;/p&gt;&lt;p&gt;Zwei.&lt;/p&gt;</content>",
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Eins.</p><p>Zwei.</p></div></content>",
        "<content type='text'>Eins.\n\nZwei.</content>",
        "<content><![CDATA[<p>Eins.</p><p>Zwei.</p>]]></content>",
        "<content type='text/xml'><nitf><head><title>x</title></head><body><body.head><hedline><hl1>x</hl1></hedline></body.head><body.content><p>Eins.</p><p>Zwei.</p></body.content></body></nitf></content>",
        "<summary>Kurz.</summary><content type='html'>&lt;p&gt;Eins.&lt;p&gt;Zwei.</content>",
    ],
)
def test_a_body_is_read_whatever_its_type(content: str) -> None:
    assert _entry(f"<title>Kran</title>{content}").body_text == "Eins.\n\nZwei."


def test_a_summary_stands_in_for_a_body_and_that_is_noted() -> None:
    story = _entry("<title>Kran</title><summary type='html'>&lt;p&gt;Kurz.&lt;/p&gt;</summary>")

    assert story.body_text == "Kurz."
    assert "no body: the summary stands in" in story.repairs


def test_without_a_title_the_first_sentence_stands_in() -> None:
    story = _entry("<title/><content>Hafenstadt (dpa) - Ein Kran steht. Er wackelt.</content>")

    assert (story.headline, story.credit) == ("Ein Kran steht.", "dpa")
    assert story.dateline == Dateline(place="Hafenstadt", credit="dpa")


def test_a_tombstone_cancels_the_entry_it_names() -> None:
    grave = (
        "<at:deleted-entry xmlns:at='http://purl.org/atompub/tombstones/1.0' ref='tag:x:1' "
        "when='2024-06-03T12:00:00Z'><at:comment>Falsche Zahl</at:comment></at:deleted-entry>"
    )

    [found] = _read_all(f"<feed {ATOM}><title>dpa</title>{grave}</feed>")

    assert (found.story.story_id, found.story.status) == ("tag:x:1", Status.CANCELED)
    assert found.story.version_created == datetime(2024, 6, 3, 12, tzinfo=UTC)
    assert (found.story.ed_note, found.story.credit) == ("Falsche Zahl", "dpa")


def test_a_draft_is_withheld() -> None:
    draft = "<app:control xmlns:app='http://www.w3.org/2007/app'><app:draft>yes</app:draft></app:control>"

    assert _entry(f"<title>Kran</title>{draft}").status is Status.WITHHELD


def test_the_author_of_the_feed_is_the_agency_and_that_of_the_entry_the_byline() -> None:
    feed = "<title>Alle Meldungen</title><author><name>dpa-AFX</name></author><rights>(c) 2024</rights>"

    story = _entry("<title>Kran</title><author><name>Udo Muster</name></author>", feed)
    unsigned = _entry("<title>Kran</title>", feed)

    assert (story.byline, story.credit, story.copyright_notice) == (
        "Udo Muster",
        "dpa-AFX",
        "(c) 2024",
    )
    assert unsigned.byline is None


def test_what_an_entry_was_copied_from_is_its_source() -> None:
    story = _entry("<title>Kran</title><source><title>SID</title><rights>(c) SID</rights></source>")

    assert (story.credit, story.copyright_notice) == ("SID", "(c) SID")


def test_categories_are_keywords_unless_their_scheme_is_iptcs() -> None:
    story = _entry(
        "<title>Kran</title><category term='medtop:20001065' label='Fußball'/><category term='Hafen, alt'/>"
        "<category term='15054000' scheme='http://cv.iptc.org/newscodes/subjectcode/'/>"
        "<category term='http://cv.iptc.org/newscodes/mediatopic/20000304'/><category term='12345678'/>"
    )

    assert story.subjects == (
        Subject(code="medtop:20001065", name="Fußball"),
        Subject(code="subj:15054000"),
        Subject(code="medtop:20000304"),
    )
    assert story.keywords == ("Hafen, alt", "12345678")


def test_pictures_come_with_caption_and_credit_the_widest_of_a_group() -> None:
    story = _item(
        "<title>Kran</title><guid>1</guid><enclosure url='https://x.example/e.jpg' type='image/jpeg' length='1'/>"
        "<enclosure url='https://x.example/e.mp3' type='audio/mpeg'/>"
        "<media:content url='https://x.example/m' medium='image'><media:description>Der Kran</media:description>"
        "<media:credit>Foto Aue</media:credit></media:content><media:group><media:content url='https://x.example/s.jpg' width='90'/>"
        "<media:content url='https://x.example/l.jpg' width='900'/><media:title>Zwei</media:title></media:group>"
        "<media:thumbnail url='https://x.example/t.jpg'/>"
    )

    assert story.pictures == (
        Picture(caption="Zwei", href="https://x.example/l.jpg"),
        Picture(caption="Der Kran", credit="Foto Aue", href="https://x.example/m"),
        Picture(href="https://x.example/e.jpg"),
    )


def test_a_thumbnail_counts_where_there_is_nothing_larger() -> None:
    story = _item("<title>Kran</title><media:thumbnail url='https://x.example/t.jpg'/>")

    assert story.pictures == (Picture(href="https://x.example/t.jpg"),)


@pytest.mark.parametrize(
    ("inside", "story_id"),
    [
        ("<guid isPermaLink='false'>abc</guid><link>https://x.example/1</link>", "abc"),
        ("<link>https://x.example/1</link>", "https://x.example/1"),
        ("<atom:link href='https://x.example/2'/>", "https://x.example/2"),
    ],
)
def test_the_guid_is_the_id_else_the_link(inside: str, story_id: str) -> None:
    assert _item(f"<title>Kran</title>{inside}").story_id == story_id


def test_without_guid_or_link_the_id_is_made_and_that_is_noted() -> None:
    story = _item("<title>Kran</title><guid/><pubDate>Mon, 03 Jun 2024 10:00:00 GMT</pubDate>")
    undated = _item("<title>Kran</title>")

    assert story.story_id.startswith("urn:depesche:hafenblatt:2024-06-03:")
    assert story.repairs == ("no id: one made from agency, day and headline",)
    assert undated.repairs[-1] == "no date: the day of receipt stands in"


def test_rss_tells_its_times_author_language_and_rights() -> None:
    story = _item(
        "<title>Kran</title><guid>1</guid><pubDate>Mo, 3 Jun 2024 10:00:00 +0200</pubDate><author>udo@x.example (Udo Muster)</author>"
        "<dcterms:modified>2024-06-03T11:00:00+02:00</dcterms:modified><content:encoded><![CDATA[<p>Ganz.</p>]]></content:encoded>"
        "<description>Kurz.</description><dc:subject>Hafen; Kran</dc:subject>",
        "<title>dpa</title><language>de_DE</language><copyright>(c) 2024</copyright>",
    )

    assert story.version_created == datetime(2024, 6, 3, 11, tzinfo=SUMMER)
    assert story.first_created == datetime(2024, 6, 3, 10, tzinfo=SUMMER)
    assert (story.byline, story.language, story.copyright_notice) == (
        "Udo Muster",
        "de-DE",
        "(c) 2024",
    )
    assert (story.body_text, story.keywords, story.credit) == ("Ganz.", ("Hafen", "Kran"), "dpa")


def test_the_day_of_publication_is_the_time_of_a_version_where_no_other_is_told() -> None:
    story = _item(
        "<title>Kran</title><guid>1</guid><dc:date>2024-06-03T10:00:00Z</dc:date><author>udo@x.example</author>"
    )

    assert (story.version_created, story.first_created) == (
        datetime(2024, 6, 3, 10, tzinfo=UTC),
        None,
    )
    assert story.byline is None


def test_rss_1_has_its_items_beside_the_channel() -> None:
    body = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        "<channel rdf:about='https://x.example/'><title>SID</title></channel>"
        "<item rdf:about='https://x.example/1'><title>Kran</title><link>https://x.example/1?rss</link><description>Kurz.</description>"
        "<identifier xmlns='http://purl.org/dc/elements/1.1/'>4f1a</identifier><author>tb/beg</author></item></rdf:RDF>"
    )

    [found] = _read_all(body)

    assert (found.format, found.story.story_id) == ("rss", "https://x.example/1")
    assert found.story.byline is None  # initials
    assert (found.story.credit, found.story.body_text) == ("SID", "Kurz.")


@pytest.mark.parametrize(
    "opening",
    [
        "<rss version='0.91'>",
        "<rss version='2.0' xmlns='http://backend.userland.com/rss2'>",
        "<rss xmlns='urn:eigen'>",
    ],
)
def test_any_version_of_rss_will_do(opening: str) -> None:
    [found] = _read_all(
        f"{opening}<channel><item><title>Kran</title><link>https://x.example/1</link></item></channel></rss>"
    )

    assert (found.story.headline, found.story.story_id) == ("Kran", "https://x.example/1")


def test_a_feed_in_latin_1_with_html_entities_and_undeclared_prefixes_is_read() -> None:
    body = "<?xml version='1.0' encoding='utf-8'?><rss><channel><item><title>Brücke &ndash; Kran</title><guid>1</guid><media:content url='a.jpg' medium='image'/></item></channel></rss>"

    [found] = _read_all(body.encode("cp1252"))

    assert found.story.headline == "Brücke – Kran"
    assert found.story.pictures == (Picture(href="a.jpg"),)
    assert len(found.story.repairs) == 3


@pytest.mark.parametrize(
    "body",
    [
        f"<feed {ATOM}/>",
        "<rss><channel><title>x</title></channel></rss>",
        f"<feed {ATOM}><at:deleted-entry xmlns:at='http://purl.org/atompub/tombstones/1.0'/></feed>",
    ],
)
def test_a_feed_without_a_story_says_so(body: str) -> None:
    with pytest.raises(Unreadable, match="holds no story"):
        _read_all(body)


def test_signs_in_a_title_count() -> None:
    assert _entry("<title>KORREKTUR: Kran</title>").signal == "sig:correction"
    assert not _entry("<title>Tagesvorschau Kultur</title>").publishable


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 03 Jun 2024 10:00:00 GMT", datetime(2024, 6, 3, 10, tzinfo=UTC)),
        ("Mo, 3. Juni 2024 10:00 MESZ", datetime(2024, 6, 3, 10, tzinfo=SUMMER)),
        (
            "Di, 05 Mrz 2024 10:00:00 MEZ",
            datetime(2024, 3, 5, 10, tzinfo=timezone(timedelta(hours=1))),
        ),
        (
            "03 Dez 24 10:00:00 +01:00",
            datetime(2024, 12, 3, 10, tzinfo=timezone(timedelta(hours=1))),
        ),
        ("Mon, 03 Jun 2024 10:00:00 GMT+2", datetime(2024, 6, 3, 10, tzinfo=SUMMER)),
        (
            "Mon, 03 Jun 2024 10:00:00 -0400 (EDT)",
            datetime(2024, 6, 3, 10, tzinfo=timezone(timedelta(hours=-4))),
        ),
        (
            "Mon, 03 Jun 1999 10:00:00 EST",
            datetime(1999, 6, 3, 10, tzinfo=timezone(timedelta(hours=-5))),
        ),
        ("2024-06-03T10:00:00Z", datetime(2024, 6, 3, 10, tzinfo=UTC)),
        ("3 Jun 2024", datetime(2024, 6, 3, tzinfo=SUMMER)),
        ("Mon, 03 Jun 2024 10:00:00 XYZ", datetime(2024, 6, 3, 10, tzinfo=SUMMER)),
        ("Mon, 31 Jun 2024 10:00:00 GMT", None),
        ("gestern", None),
        (None, None),
    ],
)
def test_the_times_of_feeds_are_read_as_people_write_them(
    text: str | None, moment: datetime | None
) -> None:
    assert feed_moment(text, where="pubDate", notes=[]) == moment


def test_a_time_that_is_none_is_noted() -> None:
    notes: list[str] = []

    feed_moment("Mon, 31 Jun 2024 10:00:00 GMT", where="pubDate", notes=notes)

    assert notes == ["pubDate: no such time: Mon, 31 Jun 2024 10:00:00 GMT"]


def test_one_picture_in_several_widths_is_one_picture() -> None:
    def files(*widths: int, caption: str = "") -> str:
        return "".join(
            f"<media:content width='{w}' url='https://x.example/{w}.jpg'>{caption}</media:content>"
            for w in widths
        )

    same = _item(f"<title>Kran</title>{files(140, 460)}")
    others = _item(
        f"<title>Kran</title>{files(140, 460, caption='<media:title>Kran</media:title>')}"
    )

    assert [picture.href for picture in same.pictures] == ["https://x.example/460.jpg"]
    assert len(others.pictures) == 2


def test_what_ap_says_of_the_management_outranks_atom() -> None:
    extensions = (
        "<n:NewsManagement xmlns:n='http://ap.org/schemas/03/2005/apnm'><n:ManagementId>urn:publicid:ap.org:b</n:ManagementId>"
        "<n:ManagementSequenceNumber>3</n:ManagementSequenceNumber><n:PublishingStatus>Canceled</n:PublishingStatus></n:NewsManagement>"
        "<c:ContentMetadata xmlns:c='http://ap.org/schemas/03/2005/apcm'><c:HeadLine>Crane falls</c:HeadLine>"
        "<c:SlugLine>BC-Crane</c:SlugLine><c:Priority Numeric='4' Legacy='r'/></c:ContentMetadata>"
    )

    story = _entry(f"<title>BC-Crane,1st Ld</title>{extensions}")

    assert (story.story_id, story.agency_version) == ("urn:publicid:ap.org:b", 3)
    assert (story.headline, story.slug, story.urgency) == ("Crane falls", "BC-Crane", 4)
    assert story.status is Status.CANCELED


@pytest.mark.parametrize(
    ("word", "status"),
    [("stat:withheld", Status.WITHHELD), ("Canceled", Status.CANCELED), ("usable", Status.USABLE)],
)
def test_a_status_under_any_namespace_is_obeyed(word: str, status: Status) -> None:
    story = _item(
        f"<title>Kran</title><guid>1</guid><x:pubStatus xmlns:x='urn:x'>{word}</x:pubStatus>"
    )

    assert story.status is status
