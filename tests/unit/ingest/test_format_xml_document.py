"""XML is opened without a DTD, entities or the network; what wires get wrong is mended and noted."""

import time
from datetime import UTC, datetime

import pytest

from services.ingest.formats.labels import Kind, label_of
from services.ingest.formats.reading import Unreadable
from services.ingest.formats.wire_copy import Copy, open_copy

NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
UMLAUTS = "<nitf><p>Über Größe</p></nitf>"


def test_a_billion_laughs_are_not_laughed() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<!DOCTYPE nitf [<!ENTITY l0 "ha">{levels}]><nitf><p>&l9;</p></nitf>'

    copy = _open(body)

    assert _text(copy) == "&l9;"
    assert "entities declared in the DOCTYPE not expanded" in copy.repairs


def test_a_quadratic_blowup_does_not_blow_up() -> None:
    body = f'<!DOCTYPE nitf [<!ENTITY a "{"a" * 50_000}">]><nitf><p>{"&a;" * 10_000}</p></nitf>'

    started = time.process_time()
    copy = _open(body)

    assert len(_text(copy)) == 3 * 10_000
    assert time.process_time() - started < 1


def test_an_external_entity_is_not_fetched() -> None:
    body = '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/hostname">]><nitf><p>&x;</p></nitf>'

    assert _text(_open(body)) == "&x;"


def test_a_parameter_entity_is_not_fetched() -> None:
    body = '<!DOCTYPE nitf [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x; ]><nitf><p>a</p></nitf>'

    assert _text(_open(body)) == "a"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE nitf SYSTEM "nitf-3-3.dtd">',
        '<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.2//EN" "http://www.iptc.org/nitf-3-2.dtd">',
        "<!DOCTYPE nitf>",
        "<!DOCTYPE nitf SYSTEM 'a>b.dtd' [ <!-- it's > here ] --> ]>",
        '<!-- <!DOCTYPE nitf [ --><!DOCTYPE nitf SYSTEM "nitf.dtd">',
    ],
)
def test_a_plain_doctype_is_passed_over(doctype: str) -> None:
    copy = _open(f'<?xml version="1.0"?>\n{doctype}\n<nitf><p>Kran</p></nitf>')

    assert _text(copy) == "Kran"
    assert copy.repairs == ()


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("<nitf>\n <p>\n</nitf>", "line 3, column 8"),
        ('<?xml version="1.0"?>\n<!DOCTYPE nitf\n SYSTEM "a">\n<nitf>\n</nit>', "line 5, column"),
        ("<nitf><p>Kran", "line 1, column 14"),
        ('<nitf a="1" a="2"/>', "line 1, column"),
        ("<?xml version='1.0'?>", "line 1, column"),
        ("<nitf>" * 300, "line 1, column"),
        ("Junk\n<?xml version='1.0'?>\n<nitf>\n<p></nitf>", "line 4, column"),
    ],
)
def test_malformed_xml_says_in_which_line_and_column(body: str, where: str) -> None:
    copy = _open(body)

    assert copy.root is None
    assert copy.broken is not None
    assert (copy.broken.where or "").startswith(where)
    assert copy.broken.why.startswith("not XML: ")
    assert ", line " not in copy.broken.why


def test_the_place_is_that_in_the_copy_as_it_was_sent() -> None:
    copy = _open("<nitf>\n<p>Kran & M&ouml;we &#150; 1 < 2</q></nitf>")

    assert copy.broken is not None
    assert copy.broken.where == "line 2, column 37"


def test_elements_within_elements_without_end_are_refused() -> None:
    copy = _open("<nitf>" + "<p>" * 300 + "</p>" * 300 + "</nitf>")

    assert copy.broken is not None


def test_more_elements_than_a_story_can_need_are_refused() -> None:
    copy = _open("<nitf>" + "<p/>" * 200_001 + "</nitf>")

    assert copy.broken is not None
    assert "more than" in copy.broken.why


@pytest.mark.parametrize(
    "piece",
    [
        *("<p>", "<p/>", "<!--", "<![CDATA[", "<?", "&", "&amp;", "&a", "<", "<!DOCTYPE a [", '"'),
        *("<p a='", " a='1'", "<a:b>", "]]>", "<!ENTITY a '", "&#1;", "\x00\x01", "< ", ">"),
        *("& ", "&#150;"),
    ],
)
@pytest.mark.parametrize("head", ["<nitf>", "<!DOCTYPE nitf [", "<?xml ", "<nitf><!--"])
def test_a_megabyte_of_garbage_is_refused_at_once(head: str, piece: str) -> None:
    body = head + piece * (1_000_000 // len(piece))

    started = time.process_time()
    _open(body)

    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("source", "text", "repair"),
    [
        ("für 5 &euro;&nbsp;&uuml;ber", "für 5 €\xa0über", "HTML entities read without a DTD"),
        ("Muster & Beispiel", "Muster & Beispiel", "a bare & or an unknown entity read as text"),
        ("R&D;", "R&D;", "a bare & or an unknown entity read as text"),
        ("A &&& B", "A &&& B", "a bare & or an unknown entity read as text"),
        ("a &#150; b &#0;c&#x1f;", "a – b c", "references to control characters mended"),
        ("3 < 5 &lt; 7", "3 < 5 < 7", "a bare < read as text"),
        ("a\x02b\x00", "ab", "control characters removed"),
    ],
)
def test_what_wires_get_wrong_is_mended_and_noted(source: str, text: str, repair: str) -> None:
    copy = _open(f"<nitf><p>{source}</p></nitf>")

    assert _text(copy) == text
    assert copy.repairs == (repair,)


def test_references_in_a_doctype_d_document_are_not_lost() -> None:
    copy = _open('<!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><p>Gr&ouml;&szlig;e</p></nitf>')

    assert _text(copy) == "Größe"


def test_cdata_and_comments_are_left_as_they_are() -> None:
    copy = _open("<nitf><p><![CDATA[<b>A & B &nbsp;</b>]]><!-- & -->&nbsp;</p></nitf>")

    assert _text(copy) == "<b>A & B &nbsp;</b>\xa0"


@pytest.mark.parametrize("junk", ["\n\n", "ZCZC 123\n", "\ufeff\n", "<<< >>>"])
def test_junk_above_and_below_the_xml_is_left_out(junk: str) -> None:
    copy = _open(f"{junk}<?xml version='1.0' encoding='utf-8'?><nitf><p>a</p></nitf>\nNNNN\n")

    assert _text(copy) == "a"
    assert "junk below the XML left out" in copy.repairs
    assert ("junk above the XML left out" in copy.repairs) == bool(junk.strip("\n\ufeff"))


def test_a_prefix_nobody_declared_is_passed_over() -> None:
    copy = _open('<nitf xsi:schemaLocation="a b"><p>a</p></nitf>')

    assert _text(copy) == "a"
    assert copy.repairs == ("undeclared namespace prefixes passed over",)


@pytest.mark.parametrize(
    ("declared", "charset", "repairs"),
    [
        ("utf-8", "utf-8", ()),
        ("UTF-8", "cp1252", ("not UTF-8: read as windows-1252",)),
        ("iso-8859-1", "cp1252", ()),
        ("ISO-8859-1", "utf-8", ("declares iso-8859-1, is UTF-8",)),
        ("utf-16", "utf-8", ("declares utf-16, is UTF-8",)),
        ("utf-16", "utf-16", ("byte order mark: read as utf-16-le",)),
        ("utf-16", "utf-16-le", ("read as utf-16-le without its mark",)),
        ("ibm850", "cp850", ()),
        ("klingon", "cp1252", ("not UTF-8: read as windows-1252",)),
    ],
)
def test_the_bytes_are_believed_before_the_declaration(
    declared: str, charset: str, repairs: tuple[str, ...]
) -> None:
    body = f'<?xml version="1.0" encoding="{declared}"?>{UMLAUTS}'.encode(charset)

    copy = open_copy(body, None, NOW)

    assert _text(copy) == "Über Größe"
    assert copy.repairs == repairs


def test_a_declaration_that_lies_about_plain_ascii_harms_nobody() -> None:
    copy = _open('<?xml version="1.0" encoding="iso-8859-1"?><nitf><p>a</p></nitf>')

    assert copy.repairs == ()


@pytest.mark.parametrize(
    "body",
    [
        "Hafenstadt (SID) - Der Befehl <nitf> ist alt.",
        "<story><p>Text</p></story>",
        "a < b",
        '{"a": "<?xml"}',
    ],
)
def test_what_is_no_xml_of_the_wire_is_not_opened_as_xml(body: str) -> None:
    copy = _open(body)

    assert not copy.is_xml


@pytest.mark.parametrize(
    "root", ["nitf", "NITF", "nitf:nitf", "NewsML", "newsItem", "rss", "feed", "rdf:RDF"]
)
def test_the_root_of_a_wire_format_is_xml_without_a_declaration(root: str) -> None:
    copy = _open(f"<!-- x -->\n<{root}/>")

    assert copy.is_xml


@pytest.mark.parametrize(
    "media",
    [
        *("application/xml", "text/xml; charset=utf-8", "application/nitf+xml", "text/nitf"),
        *("application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage"),
        *("application/rss+xml", "application/atom+xml", "Application/XML"),
    ],
)
def test_labels_of_xml_are_known(media: str) -> None:
    assert label_of(media).kind is Kind.XML


def test_what_is_labelled_xml_and_broken_says_where() -> None:
    copy = open_copy(b"<p>Kran", "application/xml", NOW)

    assert isinstance(copy.broken, Unreadable)
    assert copy.broken.where == "line 1, column 8"


def _open(body: str) -> Copy:
    return open_copy(body.encode(), None, NOW)


def _text(copy: Copy) -> str:
    assert copy.root is not None, copy.broken
    return "".join(str(text) for text in copy.root.itertext()).strip("\n")
